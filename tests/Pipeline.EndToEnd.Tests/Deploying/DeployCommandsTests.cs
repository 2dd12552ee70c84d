using System.Text.RegularExpressions;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Emulators;

namespace Pipeline.EndToEnd.Tests.Deploying;

/// <summary>
/// The real Google Cloud CLI reads each command of the script: whether it knows the command, all its options and their values. An option that it
/// cannot know stands at the end of each, so that none is carried out.
/// </summary>
public sealed class DeployCommandsTests
{
    private const string Unknown = "--no-such-option";

    private static readonly string[] Place = ["demo-project", "europe-west1", "demo-project.appspot.com", "--memory", "1024", "--yes"];

    [Fact]
    public async Task Deploy_EveryCommand_IsOneThatTheCloudsOwnProgramReads()
    {
        if (!ToolPath.TryFind("gcloud", out var gcloud))
        {
            RequiredTools.SkipOrFail("The Google Cloud CLI is not there: install google-cloud-cli.");
            return;
        }

        using var functions = new RecordedCloud();
        using var containers = new RecordedCloud { Deployed = true };
        await functions.DeployAsync([.. Place, "--versioned"]);
        await containers.DeployAsync([.. Place, "--container", "--min-instances", "2", "--model", "gs://models/flowers"]);
        var commands = functions.Calls.Concat(containers.Calls).Where(call => call[0] == "gcloud").DistinctBy(Kind).ToArray();
        Assert.InRange(commands.Length, 30, 60);

        var refused = await Task.WhenAll(commands.Chunk((commands.Length + 1) / 2).Select(half => RefusedAsync(gcloud, half, functions.Folder)));
        Assert.Empty(refused.SelectMany(lines => lines));
    }

    private static async Task<IReadOnlyList<string>> RefusedAsync(string gcloud, IEnumerable<IReadOnlyList<string>> commands, string settings)
    {
        var variables = new Dictionary<string, string?> { ["CLOUDSDK_CONFIG"] = settings, ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1" };
        var refused = new List<string>();
        foreach (var command in commands)
        {
            var result = await ToolProcess.RunAsync(gcloud, [.. command.Skip(1), Unknown], variables, TimeSpan.FromMinutes(2));
            var complaints = Regex.Matches(result.Error, @"(?<=^\s*|arguments: )--[a-z][\w-]*", RegexOptions.Multiline).Select(match => match.Value);
            if (!result.Error.Contains("unrecognized arguments:", StringComparison.Ordinal) || !complaints.SequenceEqual([Unknown]))
            {
                refused.Add($"{string.Join(' ', command)}: {result.Everything}");
            }
        }

        return refused;
    }

    /// <summary>Commands with the same words and the same options are read the same.</summary>
    private static string Kind(IReadOnlyList<string> call) =>
        string.Join(' ', call.Skip(1).Take(call[2] == "deploy" ? 2 : 3).Concat(call.Where(word => word.StartsWith('-')).Select(word => word.Split('=')[0])));
}
