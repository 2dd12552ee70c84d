using System.Collections.Immutable;
using Pipeline.Functions;
using Pipeline.Functions.Configuration;
using Pipeline.Hosting.Startup;
using Pipeline.Worker.Uploads;
using Spectre.Console;

namespace Pipeline.Cli.Configuring;

/// <summary>Tells what the configuration is, and what is wrong with it.</summary>
internal static class ConfigRun
{
    /// <returns>0; 1 where something is wrong, told after the settings.</returns>
    public static int Explain(SettingsSelection selection, string? only, bool json)
    {
        var configuration = PipelineConfiguration.Read(selection.Setup(typeof(Serve)));
        var settings = configuration.Settings.Where(setting => only is null || setting.Key.Contains(only, StringComparison.OrdinalIgnoreCase)).ToImmutableArray();
        if (settings.IsEmpty)
        {
            var near = NearestName.Find(only!, configuration.Settings.Select(setting => setting.Key));
            Console.Error.WriteLine($"No setting's key contains '{only}'{(near is null ? "" : $"; did you mean {near}?")}");
            return ExitCodes.UsedWrongly;
        }

        if (json)
        {
            JsonOutput.Write(settings.Select(setting => new
            {
                setting.Key, setting.Meaning, setting.Value, setting.Default, setting.Allowed, setting.Unit, Source = SourceOf(setting), setting.Variable,
            }));
        }
        else
        {
            WriteTable(settings);
        }

        return WriteErrors(configuration.Errors);
    }

    /// <returns>0 where the service would start, else 1.</returns>
    public static int Check(SettingsSelection selection, bool json)
    {
        var configuration = PipelineConfiguration.Read(selection.Setup(typeof(Serve)));
        var warnings = configuration.Errors.Count == 0 ? Warnings(UploadRules.Create(configuration.Worker), configuration.Worker) : [];
        if (json)
        {
            JsonOutput.Write(new { configuration.Errors, Warnings = warnings });
            return configuration.Errors.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        }

        foreach (var warning in warnings)
        {
            Console.WriteLine($"Note: {warning}");
        }

        if (configuration.Errors.Count == 0)
        {
            var set = configuration.Settings.Count(setting => setting.Origin != SettingOrigin.Default);
            Console.WriteLine($"The configuration is valid: {set} of {configuration.Settings.Length} settings are set, the others have their defaults.");
        }

        return WriteErrors(configuration.Errors);
    }

    /// <returns>0; 1 where the configuration is wrong.</returns>
    public static int Rules(SettingsSelection selection, bool json)
    {
        var configuration = PipelineConfiguration.Read(selection.Setup(typeof(Serve)));
        if (configuration.Errors.Count > 0)
        {
            return WriteErrors(configuration.Errors);
        }

        RulesReport.Write(configuration.Worker, UploadRules.Create(configuration.Worker).FindShadowed(), json);
        return ExitCodes.Done;
    }

    /// <returns>0 where a rule takes the object, 1 where none does or the configuration is wrong.</returns>
    public static int ExplainObject(SettingsSelection selection, string name, string? bucket, string? type, bool json)
    {
        var configuration = PipelineConfiguration.Read(selection.Setup(typeof(Serve)));
        if (configuration.Errors.Count > 0)
        {
            return WriteErrors(configuration.Errors);
        }

        var where = bucket ?? configuration.Worker.Buckets[0].Bucket;
        var explanation = UploadRules.Create(configuration.Worker).Explain(where, name, type);
        ObjectReport.Write(where, name, explanation, json);
        return explanation.Target is not null && explanation.Problem is null ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static int WriteErrors(IReadOnlyList<string> errors)
    {
        if (errors.Count == 0)
        {
            return ExitCodes.Done;
        }

        Console.Error.WriteLine(errors.Count == 1 ? "The configuration has an error:" : $"The configuration has {errors.Count} errors:");
        foreach (var error in errors)
        {
            Console.Error.WriteLine($"  - {error}");
        }

        Console.Error.WriteLine("See: pipeline config explain");
        return ExitCodes.Failed;
    }

    private static ImmutableArray<string> Warnings(UploadRules rules, Worker.WorkerOptions options) =>
    [
        .. rules.FindShadowed().Select(shadow =>
            $"rule {shadow.Index + 1} ('{options.Rules[shadow.Index].Match}') never decides, because rule {shadow.By + 1} ('{options.Rules[shadow.By].Match}') takes all that it matches."),
        .. options.Rules.Index().Where(rule => !rule.Item.Match.Split('/').Contains("{uid}"))
            .Select(rule => $"rule {rule.Index + 1} ('{rule.Item.Match}') captures no {{uid}}, so its results have no owner and the security rules let no user read them."),
    ];

    private static string SourceOf(ExplainedSetting setting) => setting.Origin switch
    {
        SettingOrigin.Default => "default",
        SettingOrigin.File => "file",
        SettingOrigin.Environment => "environment",
        SettingOrigin.Program => "option",
        _ => "flag",
    };

    private static void WriteTable(ImmutableArray<ExplainedSetting> settings)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("setting", "value", "source", "default", "allowed", "meaning");
        foreach (var setting in settings)
        {
            var allowed = setting.Unit is null ? setting.Allowed : $"{setting.Allowed} {setting.Unit}";
            table.AddTextRow(setting.Key, setting.Value ?? "–", SourceOf(setting), setting.Default ?? "–", allowed, setting.Meaning);
        }

        TableOutput.Create().Write(table);
    }
}
