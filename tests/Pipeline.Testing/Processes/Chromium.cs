using Pipeline.Testing.Emulators;

namespace Pipeline.Testing.Processes;

/// <summary>Finds the browser of this machine; nothing is downloaded.</summary>
public static class Chromium
{
    private const string Missing =
        "No Chromium is on this machine: these tests want 'chromium', 'chromium-browser' or 'google-chrome' on the PATH, or its file in CHROMIUM.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>The executable; the running test is skipped where there is none, and fails under <c>CI=true</c>.</summary>
    public static string Require()
    {
        var path = Find();
        if (path is null)
        {
            RequiredTools.SkipOrFail(Missing);
        }

        return path ?? string.Empty;
    }

    private static string? Find() => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } configured
        ? configured
        : Names.Select(name => ToolPath.TryFind(name, out var path) ? path : null).FirstOrDefault(path => path is not null);
}
