using System.CommandLine;
using Pipeline.Cli.Configuring;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline config</c>: the configuration as it is read.</summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "Look at the configuration: every setting, what is wrong, which rule matches.")
    {
        CreateExplain(),
        CreateCheck(),
        CreateRules(),
    };

    private static Command CreateExplain()
    {
        var settings = new SettingsOptions();
        var only = new Argument<string?>("key") { Description = "Only settings whose key contains this. Default: all.", Arity = ArgumentArity.ZeroOrOne };
        var name = new Option<string?>("--object") { Description = "Say which rule matches an object of this name, and why the others do not.", HelpName = "name" };
        var bucket = new Option<string?>("--bucket", "-b") { Description = "With --object: its bucket. Default: the first one.", HelpName = "name" };
        var type = new Option<string?>("--type") { Description = "With --object: its content type.", HelpName = "type" };
        var json = JsonOption.Create();
        var command = new Command("explain", "Print every setting with its value, source, default, range and meaning.") { only, name, bucket, type, json };
        settings.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is null && (result.GetValue(bucket) ?? result.GetValue(type)) is not null)
            {
                result.AddError("--bucket and --type need --object: they speak of an object.");
            }

            if (result.GetValue(name) is not null && result.GetValue(only) is not null)
            {
                result.AddError("Give a key or --object, not both.");
            }
        });
        command.SetAction(result => result.GetValue(name) is { } wanted
            ? ConfigRun.ExplainObject(settings.Read(result), wanted, result.GetValue(bucket), result.GetValue(type), result.GetValue(json))
            : ConfigRun.Explain(settings.Read(result), result.GetValue(only), result.GetValue(json)));
        return command;
    }

    private static Command CreateCheck()
    {
        var settings = new SettingsOptions();
        var file = new Argument<string?>("file") { Description = "A settings file. Default: as --config says.", Arity = ArgumentArity.ZeroOrOne };
        var json = JsonOption.Create();
        var command = new Command("check", "Say everything that is wrong with the configuration; exit code 0 only if it is valid.") { file, json };
        settings.AddTo(command);
        command.SetAction(result =>
        {
            var selection = settings.Read(result);
            return ConfigRun.Check(selection with { File = result.GetValue(file) ?? selection.File }, result.GetValue(json));
        });
        return command;
    }

    private static Command CreateRules()
    {
        var settings = new SettingsOptions();
        var json = JsonOption.Create();
        var command = new Command("rules", "Print the rules as they are read, in their order, and those that never decide.") { json };
        settings.AddTo(command);
        command.SetAction(result => ConfigRun.Rules(settings.Read(result), result.GetValue(json)));
        return command;
    }
}
