using System.Collections.Immutable;
using System.Globalization;
using Pipeline.Hosting;
using Pipeline.Hosting.Startup;
using Pipeline.Worker;

namespace Pipeline.Functions.Configuration;

/// <summary>The configuration of the functions, explained: every setting with its default, range, unit and source.</summary>
public sealed class PipelineConfiguration
{
    private const string Masked = "********";

    private static readonly string[] SecretWords = ["secret", "token", "password", "apikey", "credential"];

    private readonly ConfigurationExamination _examination;

    private PipelineConfiguration(ConfigurationExamination examination)
    {
        _examination = examination;
        var ranges = (Find<PipelineSettings>() ?? throw new ArgumentException("The examination is not of these functions.", nameof(examination))).Ranges();
        var read = examination.Settings.Select(setting => Explain(setting, ranges));
        var known = examination.Settings.Select(setting => SettingTexts.Pattern(setting.Key)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = SettingTexts.All.Where(text => !known.Contains(text.Key)).Select(text => Unread(text, ranges));
        var order = SettingTexts.All.Select((text, index) => (text.Key, index)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        Settings = [.. read.Concat(others).OrderBy(setting => order.GetValueOrDefault(SettingTexts.Pattern(setting.Key), int.MaxValue))];
    }

    /// <summary>Everything that would keep the service from starting.</summary>
    public IReadOnlyList<string> Errors => _examination.Errors;

    /// <summary>Every setting that there is.</summary>
    public ImmutableArray<ExplainedSetting> Settings { get; }

    /// <summary>Buckets, rules and what else the worker takes; not valid where there are errors.</summary>
    public WorkerOptions Worker => Find<WorkerOptions>()!;

    /// <summary>Reads the configuration as the service would, and starts nothing.</summary>
    public static PipelineConfiguration Read(FunctionHostSetup setup) => new(FunctionHost.Examine(setup));

    /// <summary>What the services hold of the one type that was added as an instance.</summary>
    public T? Find<T>()
        where T : class => _examination.Services.LastOrDefault(service => service.ServiceType == typeof(T))?.ImplementationInstance as T;

    private static ExplainedSetting Explain(ReadSetting setting, IReadOnlyDictionary<string, string> ranges)
    {
        var text = SettingTexts.Find(setting.Key);
        var value = setting.Text is null ? Write(setting.Default) : IsSecret(setting.Key) ? Masked : setting.Text;
        return new ExplainedSetting(
            setting.Key,
            Variable(setting.Key),
            text?.Meaning ?? "",
            text?.Unit,
            text?.Allowed ?? ranges.GetValueOrDefault(setting.Key) ?? setting.Allowed,
            Write(setting.Default),
            value,
            setting.Origin);
    }

    /// <summary>A setting of a list's elements, of which there are none.</summary>
    private static ExplainedSetting Unread(SettingText text, IReadOnlyDictionary<string, string> ranges) => new(
        text.Key, Variable(text.Key), text.Meaning, text.Unit, text.Allowed ?? ranges.GetValueOrDefault(text.Key) ?? "true or false", null, null, SettingOrigin.Default);

    private static string Variable(string key) => $"{ConfigurationReader.Root}__{key.Replace(":", "__", StringComparison.Ordinal)}";

    private static string? Write(object? value) => value switch
    {
        null or "" => null,
        TimeSpan duration => duration.ToShortText(),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static bool IsSecret(string key) => SecretWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));
}
