using System.CommandLine;
using Pipeline.Cli.Configuring;

namespace Pipeline.Cli.Commands;

/// <summary>The options that choose a configuration, for all commands that work with one.</summary>
internal sealed class SettingsOptions
{
    private readonly Option<string?> _file = new("--config", "-c")
    {
        Description = "A settings file (JSON). Default: appsettings.json beside the program.",
        HelpName = "file",
    };

    private readonly Option<string[]> _sets = new("--set")
    {
        Description = "A setting, such as --set Limits:MaxBytes=1000000; more than once for more.",
        HelpName = "key=value",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _data = new("--data", "-d")
    {
        Description = "The folder that holds the buckets and the documents. Default: as configured, else ./data.",
        HelpName = "folder",
    };

    public SettingsOptions()
    {
        _sets.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"--set needs a key and a value, as in --set Limits:MaxBytes=1000000; '{token.Value}' has no '='.");
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_file);
        command.Add(_sets);
    }

    public SettingsSelection Read(ParseResult result) => new(
        result.GetValue(_file), result.GetRequiredValue(_sets), DataOf(result));

    private string? DataOf(ParseResult result) => result.GetResult(_data) is { Implicit: false } ? Path.GetFullPath(result.GetRequiredValue(_data)!) : null;
}
