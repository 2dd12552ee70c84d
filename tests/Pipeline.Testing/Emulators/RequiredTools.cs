using Pipeline.Fixtures.Format;
using Xunit;

namespace Pipeline.Testing.Emulators;

/// <summary>Programs that a test needs and this machine may lack.</summary>
public static class RequiredTools
{
    /// <summary>Skips the test, or fails it under <c>CI=true</c>.</summary>
    public static void SkipOrFail(string reason)
    {
        Assert.False(SharedFolder.IsRequired, reason);
        Assert.Skip(reason);
    }
}
