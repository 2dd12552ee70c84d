using System.Text.RegularExpressions;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Emulators;

namespace Pipeline.EndToEnd.Tests.Deploying;

/// <summary>
/// The commands of the script against the Google Cloud CLI of this machine: it must know each command and all its options. Those that hold most, and
/// those with hidden options, it reads itself, values included: an option that it cannot know stands at their end, so that none is carried out.
/// </summary>
public sealed class DeployCommandsTests
{
    private const string Unknown = "--no-such-option";

    private static readonly string[] Place = ["demo-project", "europe-west1", "demo-project.appspot.com", "--memory", "1024", "--yes"];

    /// <summary>The beginnings of commands whose values are worth reading.</summary>
    private static readonly string[] Demanding =
        ["functions deploy classify-upload", "functions deploy classify-requested", "run deploy classify-upload", "eventarc triggers create", "scheduler jobs create", "pubsub subscriptions update", "builds submit"];

    private static readonly string[] Rooms = ["src", "functions"];

    [Fact]
    public async Task Deploy_EveryCommand_IsOneThatTheCloudsOwnProgramKnows()
    {
        var gcloud = Gcloud();
        using var functions = new RecordedCloud();
        using var again = new RecordedCloud { Deployed = true };
        using var containers = new RecordedCloud();
        await functions.DeployAsync([.. Place, "--versioned"]);
        await again.DeployAsync(Place);
        await containers.DeployAsync([.. Place, "--container", "--min-instances", "2", "--model", "gs://models/flowers"]);
        var commands = functions.Calls.Concat(again.Calls).Concat(containers.Calls).Where(call => call[0] == "gcloud").Select(call => call.Skip(1).ToArray()).ToArray();
        Assert.True(commands.Length > 100);

        var tree = GcloudCommandTree.Load(gcloud);
        var toRead = commands.Where(command => tree.UnknownOptions(command).Count > 0).DistinctBy(command => string.Join(' ', tree.UnknownOptions(command)) + command[0])
            .Concat(Demanding.Select(beginning => commands.First(command => string.Join(' ', command).StartsWith(beginning, StringComparison.Ordinal))));
        var refused = new List<string>();
        foreach (var command in toRead)
        {
            var variables = new Dictionary<string, string?> { ["CLOUDSDK_CONFIG"] = functions.Folder, ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1" };
            var result = await ToolProcess.RunAsync(gcloud, [.. command, Unknown], variables, TimeSpan.FromMinutes(2), kill: TestContext.Current.CancellationToken);
            var complaints = Regex.Matches(result.Error, @"(?<=^\s*|arguments: )--[a-z][\w-]*", RegexOptions.Multiline).Select(match => match.Value);
            if (!result.Error.Contains("unrecognized arguments:", StringComparison.Ordinal) || !complaints.SequenceEqual([Unknown]))
            {
                refused.Add($"{string.Join(' ', command)}: {result.Everything}");
            }
        }

        Assert.Empty(refused);
    }

    [Fact]
    public async Task Deploy_Source_IsAllThatIsBuiltAndNoTest()
    {
        var gcloud = Gcloud();
        using var cloud = new RecordedCloud();
        var variables = new Dictionary<string, string?> { ["CLOUDSDK_CONFIG"] = cloud.Folder };

        var result = await ToolProcess.RunAsync(
            gcloud, ["meta", "list-files-for-upload", Programs.Checkout], variables, TimeSpan.FromMinutes(2), kill: TestContext.Current.CancellationToken);

        Assert.True(result.ExitCode == 0, result.Everything);
        var sent = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        var built = Rooms.SelectMany(room => Directory.EnumerateFiles(Path.Combine(Programs.Checkout, room), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Programs.Checkout, file).Replace('\\', '/')).Where(file => !file.EndsWith(".md", StringComparison.Ordinal));
        Assert.Superset(built.Concat(["global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "BannedSymbols.txt", "LICENSE"]).ToHashSet(), sent);
        Assert.DoesNotContain(sent, file => Regex.IsMatch(file, "^(tests|artifacts|data|TestResults|\\.git|\\.ci)/"));
    }

    private static string Gcloud()
    {
        if (!ToolPath.TryFind("gcloud", out var gcloud))
        {
            RequiredTools.SkipOrFail("The Google Cloud CLI is not there: install google-cloud-cli.");
        }

        return gcloud!;
    }
}
