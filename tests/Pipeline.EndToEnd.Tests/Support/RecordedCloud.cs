using System.Diagnostics;
using System.Text.Json;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>Programs named <c>gcloud</c> and <c>firebase</c> that write down how they are called and answer as a project would that has nothing of ours yet.</summary>
internal sealed class RecordedCloud : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipeline-");

    public RecordedCloud()
    {
        foreach (var name in (string[])["gcloud", "firebase"])
        {
            var path = Path.Combine(_folder.FullName, name);
            File.WriteAllText(path, Program);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    /// <value>What a question about the database's type is answered with. Default: a database that clients can listen to.</value>
    public string DatabaseType { get; init; } = "FIRESTORE_NATIVE";

    /// <value>The runtimes of the region, one a line.</value>
    public string Runtimes { get; init; } = "nodejs22\ndotnet10";

    /// <value>Whether everything that the script would create is there already.</value>
    public bool Deployed { get; init; }

    /// <value>A call that holds this text fails; empty: none does.</value>
    public string Failing { get; init; } = string.Empty;

    /// <summary>The configuration that the Firebase CLI was given.</summary>
    public JsonElement FirebaseConfig => JsonElement.Parse(File.ReadAllBytes($"{Log}.firebase.json"));

    /// <summary>A folder that goes with this object.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Each call in order: the program and its arguments.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Calls => File.Exists(Log)
        ? [.. File.ReadLines(Log).Select(line => (IReadOnlyList<string>)line.TrimEnd('\x1f').Split('\x1f'))]
        : [];

    private string Log => Path.Combine(_folder.FullName, "calls");

    // The arguments stand in one line, apart by the unit separator, which no argument holds.
    private static string Program => """
        #!/usr/bin/env bash
        text="$(basename "$0") $*"
        { printf '%s\x1f' "$(basename "$0")" "$@"; echo; } >>"$CLOUD_CALLS"
        [ -z "$CLOUD_FAILING" ] || [[ $text != *"$CLOUD_FAILING"* ]] || { echo "PERMISSION_DENIED" >&2; exit 1; }
        case "$text" in
          *"projects describe"*) echo 123456789 ;;
          *"config get-value account"*) echo dev@example.com ;;
          *"storage buckets describe"*) echo eu ;;
          *"databases describe"*"value(type)"*) echo "$CLOUD_DATABASE" ;;
          *"databases describe"*) echo eur3 ;;
          *"runtimes list"*) echo "$CLOUD_RUNTIMES" ;;
          *"storage service-agent"*) echo service-123456789@gs-project-accounts.iam.gserviceaccount.com ;;
          *"run services describe "*) name=${text#*run services describe }; echo "https://${name%% *}-abc.a.run.app" ;;
          *"functions describe "*) name=${text#*functions describe }; echo "${name%% *}-000001" ;;
          *"triggers describe"*"value(transport"*) name=${text#*triggers describe }; echo "projects/p/subscriptions/eventarc-${name%% *}" ;;
          "firebase deploy --config "*) cp "$3" "$CLOUD_CALLS.firebase.json" ;;
          *" describe "*) [ "$CLOUD_DEPLOYED" = True ] ;;
        esac
        """;

    /// <summary>Runs <c>scripts/deploy.sh</c> with these programs in front of the real ones.</summary>
    public async Task<(int ExitCode, string Output, string Error)> DeployAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Programs.Checkout, "scripts", "deploy.sh"), .. arguments])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CLOUD_CALLS"] = Log;
        start.Environment["CLOUD_DATABASE"] = DatabaseType;
        start.Environment["CLOUD_RUNTIMES"] = Runtimes;
        start.Environment["CLOUD_DEPLOYED"] = $"{Deployed}";
        start.Environment["CLOUD_FAILING"] = Failing;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
