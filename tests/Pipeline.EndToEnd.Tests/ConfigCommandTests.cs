using System.Diagnostics;
using System.Text.Json;
using Pipeline.EndToEnd.Tests.Support;

namespace Pipeline.EndToEnd.Tests;

/// <summary><c>pipeline config</c>, <c>doctor</c> and <c>completion</c> as a person types them.</summary>
public sealed class ConfigCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-").FullName;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Explain_FileAndFlag_NamesValuesAndSources()
    {
        var file = Write("""{ "Pipeline": { "Limits": { "MaxBytes": 1000 } } }""");

        var (exitCode, output, error) = await CommandProcess.RunAsync("config", "explain", "Limits:Max", "--config", file, "--set", "Limits:MaxSide=500", "--json");

        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(
            [("Limits:MaxBytes", "1000", "file"), ("Limits:MaxPixels", "40000000", "default"), ("Limits:MaxSide", "500", "flag")],
            json.RootElement.EnumerateArray().Take(3).Select(setting =>
                (setting.GetProperty("key").GetString()!, setting.GetProperty("value").GetString()!, setting.GetProperty("source").GetString()!)));
    }

    [Fact]
    public async Task Check_WrongFile_TellsEverythingAtOnce()
    {
        var file = Write("""{ "Pipeline": { "Lease": "soon", "Limits": { "MaxByets": 1 }, "Rules": [ { "Match": "a//b" } ] } }""");

        var (exitCode, _, error) = await CommandProcess.RunAsync("config", "check", file);

        Assert.Equal(1, exitCode);
        Assert.Contains("3 errors", error, StringComparison.Ordinal);
        Assert.All(["Pipeline:Lease is 'soon'", "did you mean Pipeline:Limits:MaxBytes?", "segment 2 of 'a//b' is empty"], text => Assert.Contains(text, error, StringComparison.Ordinal));
        Assert.Equal(1, (await CommandProcess.RunAsync("config", "check", Path.Combine(_folder, "none.json"))).ExitCode);
    }

    [Fact]
    public async Task RulesAndObject_Shadowed_IsToldAndTheRuleIsNamed()
    {
        var file = Write("""{ "Pipeline": { "Rules": [ { "Match": "users/**" }, { "Match": "users/{uid}/x" } ] } }""");

        var rules = await CommandProcess.RunAsync("config", "rules", "--config", file);
        Assert.Contains("never decides: rule 1 takes all of it", rules.Output, StringComparison.Ordinal);

        var found = await CommandProcess.RunAsync("config", "explain", "--object", "users/u1/x", "--config", file);
        Assert.Equal(0, found.ExitCode);
        Assert.Contains("yes, and it decides", found.Output, StringComparison.Ordinal);
        var ignored = await CommandProcess.RunAsync("config", "explain", "--object", "other/<script>", "--config", file, "--json");
        Assert.Equal(1, ignored.ExitCode);
        using var json = JsonDocument.Parse(ignored.Output);
        Assert.Equal("segment 1 of the name is 'other', where it wants 'users'", json.RootElement.GetProperty("rules")[0].GetProperty("why").GetString());
    }

    [Fact]
    public async Task Doctor_GoodAndBadPlace_SaysWhatToDo()
    {
        var good = await CommandProcess.RunAsync("doctor", "--data", _folder, "--port", $"{FreePorts.Next()}", "--storage-port", $"{FreePorts.Next()}", "--json");
        Assert.True(good.ExitCode == 0, good.Output + good.Error);
        using var json = JsonDocument.Parse(good.Output);
        Assert.All(json.RootElement.EnumerateArray(), finding => Assert.NotEqual("bad", finding.GetProperty("level").GetString()));
        Assert.Contains(json.RootElement.EnumerateArray(), finding => finding.GetProperty("text").GetString()!.Contains("warm", StringComparison.Ordinal));

        var bad = await CommandProcess.RunAsync(
            "doctor", "--data", "/proc/none", "--set", "Models:0:Name=m", "--set", $"Models:0:Folder={_folder}", "--set", "Lease=soon");
        Assert.Equal(1, bad.ExitCode);
        Assert.All(["data folder: /proc", "--data", "model m:", "pipeline model inspect", "pipeline config check"], text => Assert.Contains(text, bad.Output, StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', bad.Output);
    }

    [Fact]
    public async Task Completion_Bash_CompletesCommandsAndOptions()
    {
        if (!File.Exists("/bin/bash"))
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", "There is no /bin/bash.");
        }

        var script = $$"""
            pipeline() { dotnet '{{Programs.Command}}' "$@"; }
            source <(pipeline completion bash)
            complete_line() {
                COMP_LINE="$1"; COMP_POINT=${#1}; read -ra COMP_WORDS <<< "$1"
                [[ "$1" == *' ' ]] && COMP_WORDS+=('')
                COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )); _pipeline; echo "${COMPREPLY[*]}"
            }
            complete_line 'pipeline dead'
            complete_line 'pipeline deadletters list --st'
            complete_line 'pipeline completion z'
            complete_line 'pipeline deadletters r'
            """;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true })!;

        Assert.Equal("deadletters\n--state\nzsh\nretry\n", await bash.StandardOutput.ReadToEndAsync(CancellationToken));
    }

    private string Write(string json)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, json);
        return file;
    }
}
