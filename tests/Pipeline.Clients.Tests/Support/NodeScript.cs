using System.Text.Json;
using Pipeline.Fixtures.Format;
using Pipeline.Testing.Emulators;

namespace Pipeline.Clients.Tests.Support;

/// <summary>
/// The programs in the folder <c>Node</c>, with the packages of its lock file. A program takes one argument, its input as JSON, and writes a line of JSON
/// for each thing that the test should know.
/// </summary>
internal static class NodeScript
{
    private const string NoNode = "node is not on the PATH: version 20 or newer runs the clients of apps.";
    private const string NoPackages = "The npm packages are not there, or are others than pinned: run 'npm ci --ignore-scripts' in tests/Pipeline.Clients.Tests/Node; scripts/test.sh does.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly IReadOnlyDictionary<string, string?> NoVariables = new Dictionary<string, string?>();

    /// <summary>Where the programs and their packages lie.</summary>
    public static string Folder { get; } =
        Path.Combine(SharedFolder.Checkout() ?? throw new InvalidOperationException("These tests run from a checkout."), "tests", "Pipeline.Clients.Tests", "Node");

    /// <summary>The running test is skipped where node or a package is missing, and fails under <c>CI=true</c>.</summary>
    public static void Require()
    {
        if (!ToolPath.TryFind("node", out _))
        {
            RequiredTools.SkipOrFail(NoNode);
        }

        if (!ArePackagesInstalled())
        {
            RequiredTools.SkipOrFail(NoPackages);
        }
    }

    /// <summary>Runs a program to its end; one that fails or takes too long fails the test with what it wrote.</summary>
    /// <param name="script">A file of the folder.</param>
    /// <param name="input">Serialised as it is; property names are the program's.</param>
    /// <param name="variables">Environment variables.</param>
    /// <returns>What it wrote, in order.</returns>
    public static async Task<IReadOnlyList<JsonElement>> RunAsync(
        string script, object input, IReadOnlyDictionary<string, string?>? variables = null, TimeSpan? limit = null)
    {
        Require();
        var result = await ToolProcess.RunAsync(
            "node", [Path.Combine(Folder, script), JsonSerializer.Serialize(input)], variables ?? NoVariables, limit ?? Patience);
        Assert.True(result.ExitCode == 0, $"{script}: {result.Everything}");
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static bool ArePackagesInstalled()
    {
        using var wanted = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "package.json")));
        return wanted.RootElement.GetProperty("dependencies").EnumerateObject().All(package => VersionOf(package.Name) == package.Value.GetString());
    }

    private static string? VersionOf(string package)
    {
        var path = Path.Combine(Folder, "node_modules", package, "package.json");
        if (!File.Exists(path))
        {
            return null;
        }

        using var installed = JsonDocument.Parse(File.ReadAllText(path));
        return installed.RootElement.GetProperty("version").GetString();
    }
}
