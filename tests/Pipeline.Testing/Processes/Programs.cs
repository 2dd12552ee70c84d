using Pipeline.Fixtures.Format;

namespace Pipeline.Testing.Processes;

/// <summary>The programs as they were built beside these tests.</summary>
public static class Programs
{
    /// <summary>The name of the folder that these tests were built into: <c>release</c> or <c>debug</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    public static string Functions { get; } = Find("Pipeline.Functions", "Pipeline.Functions.dll");

    public static string Command { get; } = Find("Pipeline.Cli", "pipeline.dll");

    public static string Checkout { get; } = SharedFolder.Checkout() ?? throw new InvalidOperationException("These tests run from a checkout.");

    public static string Samples { get; } = Path.Combine(Checkout, "scripts", "samples");

    private static string Find(string project, string file)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(configuration.Parent!.Parent!.FullName, project, Configuration, file);
        return File.Exists(path) ? path : throw new FileNotFoundException("Build the solution first.", path);
    }
}
