using Pipeline.Fixtures.Format;

namespace Pipeline.Benchmarks.Tests.Support;

/// <summary>The performance models, or a skipped test.</summary>
internal static class PerformanceFolder
{
    public static string Find()
    {
        if (!SharedFolder.TryFind("fixtures/perf", out var folder))
        {
            Assert.False(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Skip(SharedFolder.Missing);
        }

        return folder;
    }
}
