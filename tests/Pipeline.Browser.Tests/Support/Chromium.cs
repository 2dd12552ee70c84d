using Pipeline.Fixtures.Format;

namespace Pipeline.Browser.Tests.Support;

/// <summary>Finds the browser of this machine; nothing is downloaded.</summary>
internal static class Chromium
{
    private const string Missing =
        "No Chromium is on this machine: these tests want 'chromium', 'chromium-browser' or 'google-chrome' on the PATH, or its file in CHROMIUM.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>The executable; the running test is skipped where there is none, and fails under <c>CI=true</c>.</summary>
    public static string Require()
    {
        if (Find() is { } path)
        {
            return path;
        }

        Assert.False(SharedFolder.IsRequired, Missing);
        Assert.Skip(Missing);
        return string.Empty;
    }

    private static string? Find() => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } configured
        ? configured
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
