using Pipeline.Fixtures.Format;

namespace Pipeline.Imaging.Tests.Support;

/// <summary>Shared test data, or the skip that says they are missing; missing data are a failure where they are required.</summary>
internal static class SharedData
{
    public static string Find(string relative)
    {
        if (SharedFolder.TryFind(relative, out var path))
        {
            return path;
        }

        Assert.False(SharedFolder.IsRequired, SharedFolder.Missing);
        Assert.Skip(SharedFolder.Missing);
        throw new InvalidOperationException("A skip throws.");
    }
}
