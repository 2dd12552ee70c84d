using System.CommandLine;
using Pipeline.Cli.Checking;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline doctor</c>: what keeps the product from working here.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var settings = new SettingsOptions();
        var port = new Option<int>("--port", "-p") { Description = "The worker's port. Default: 8080.", HelpName = "port", DefaultValueFactory = _ => 8080 };
        var storagePort = new Option<int>("--storage-port", "-s") { Description = "The storage endpoint's port. Default: 9199.", HelpName = "port", DefaultValueFactory = _ => 9199 };
        foreach (var option in (Option<int>[])[port, storagePort])
        {
            option.Validators.Add(result =>
            {
                // What is no number at all has its own error already.
                if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number is < 1 or > 65535)
                {
                    result.AddError($"{option.Name} is {text}; a port is 1 to 65535.");
                }
            });
        }

        var json = JsonOption.Create();
        var command = new Command("doctor", "Look for what keeps the product from working on this machine, and say what to do.") { port, storagePort, json };
        settings.AddTo(command);
        command.SetAction((result, cancellationToken) => DoctorRun.RunAsync(
            new DoctorOptions(settings.Read(result), result.GetValue(port), result.GetValue(storagePort), result.GetValue(json)), cancellationToken));
        return command;
    }
}
