using System.CommandLine;
using Pipeline.Cli.Running;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline run</c>: the whole product on this machine.</summary>
internal static class RunCommand
{
    private const string Emulator = "emulator";

    /// <summary>As in <c>firebase.json</c>.</summary>
    private const string DefaultEmulator = "127.0.0.1:8085";

    public static Command Create()
    {
        var settings = new SettingsOptions();
        var bucket = new Option<string?>("--bucket", "-b") { Description = "The bucket's name. Default: as configured, else uploads.", HelpName = "name" };
        var model = ModelOption.Create();
        var port = Port("--port", "-p", 8080, "The worker's port. Default: 8080.");
        var storagePort = Port("--storage-port", "-s", 9199, "The port of the local Cloud Storage endpoint. Default: 9199.");
        var samples = new Option<string?>("--samples")
        {
            Description = "Upload the pictures of this folder and print what became of them; expected.json in it names their labels.",
            HelpName = "folder",
        };
        var once = new Option<bool>("--once") { Description = "With --samples: end after the table; exit code 0 only if every sample got its known label." };
        var firestore = new Option<string?>("--firestore")
        {
            Description = "emulator: the documents go to Google's Firestore emulator, where FIRESTORE_EMULATOR_HOST says or at 127.0.0.1:8085.",
            HelpName = Emulator,
        };
        firestore.AcceptOnlyFromAmong(Emulator);
        var command = new Command("run", "Run the whole product on this machine: a folder is the bucket, SQLite holds the documents.")
        {
            bucket,
            model,
            port,
            storagePort,
            samples,
            once,
            firestore,
            TraceStartOption.Create(),
        };
        settings.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(once) && result.GetValue(samples) is null)
            {
                result.AddError("--once needs --samples: without samples there is no table to end after.");
            }
        });
        command.SetAction((result, cancellationToken) => LocalRun.RunAsync(
            new LocalRunOptions(
                settings.Read(result),
                result.GetValue(bucket),
                result.GetResult(model) is { Implicit: false } ? Path.GetFullPath(result.GetRequiredValue(model)) : null,
                result.GetRequiredValue(port),
                result.GetRequiredValue(storagePort),
                result.GetValue(samples) is { } folder ? Path.GetFullPath(folder) : null,
                result.GetValue(once),
                result.GetValue(firestore) is null ? null : Environment.GetEnvironmentVariable("FIRESTORE_EMULATOR_HOST") ?? DefaultEmulator),
            cancellationToken));
        return command;
    }

    private static Option<int> Port(string name, string alias, int value, string description)
    {
        var option = new Option<int>(name, alias) { Description = description, HelpName = "port", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            // What is no number at all has its own error already.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var port) && port is < 1 or > 65535)
            {
                result.AddError($"{name} is {port}; a port is 1 to 65535.");
            }
        });
        return option;
    }
}
