using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Pipeline.Hosting.Startup;

/// <summary>
/// Reads the settings under <c>Pipeline</c>. Every wrong value is noted, with its key and what would be right, and replaced by its default,
/// so that all errors can be told at once. What nobody read is an error too: a misspelt key.
/// </summary>
public sealed class ConfigurationReader
{
    /// <summary>Where all settings of the product stand.</summary>
    public const string Root = "Pipeline";

    private readonly IConfiguration _configuration;
    private readonly Dictionary<string, ReadSetting> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _errors = [];

    public ConfigurationReader(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _configuration = configuration;
    }

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Every setting that was asked for, in that order.</summary>
    public IReadOnlyList<ReadSetting> Settings => [.. _settings.Values];

    /// <summary>Notes an error that only the reader of several settings can see.</summary>
    public void AddError(string error) => _errors.Add(error);

    /// <param name="key">Below <c>Pipeline</c>, for example <c>Limits:MaxBytes</c>; so in every method.</param>
    public string? OptionalText(string key) => Find(key, "a text", null);

    public string Text(string key, string defaultValue) => Find(key, "a text", defaultValue) ?? defaultValue;

    public long Integer(string key, long defaultValue, long least, long most) =>
        Value(key, defaultValue, $"a whole number from {least} to {most}", (string text, out long value) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);

    public double Number(string key, double defaultValue, double least, double most) =>
        Value(key, defaultValue, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"), (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);

    /// <summary>A duration: <c>250ms</c>, <c>1.5s</c>, <c>4min</c>, <c>24h</c>, <c>7d</c>, <c>00:01:30</c>, or a number of seconds.</summary>
    public TimeSpan Duration(string key, TimeSpan defaultValue) => ReadDuration(key, defaultValue)!.Value;

    /// <inheritdoc cref="Duration"/>
    public TimeSpan? OptionalDuration(string key) => ReadDuration(key, null);

    public bool? OptionalBoolean(string key) => ReadBoolean(key, null);

    public bool Boolean(string key, bool defaultValue) => ReadBoolean(key, defaultValue)!.Value;

    /// <summary>The name of a member of an enumeration, without regard to case.</summary>
    public T OneOf<T>(string key, T defaultValue)
        where T : struct, Enum =>
        Value(key, defaultValue, $"one of {string.Join(", ", Enum.GetNames<T>())}", (string text, out T value) =>
            Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) && text[0] != '-');

    /// <summary>The keys of the elements of a list, in order: <c>key:0</c>, <c>key:1</c> …</summary>
    public IReadOnlyList<string> Elements(string key) =>
        [.. _configuration.GetSection(Path(key)).GetChildren().Select(child => $"{key}:{child.Key}")];

    /// <summary>Notes every setting under <c>Pipeline</c> that was not asked for. To be called once, after everything is read.</summary>
    public void CheckUnknown()
    {
        foreach (var (path, value) in _configuration.GetSection(Root).AsEnumerable())
        {
            if (value is not null && value.Length > 0 && !_settings.ContainsKey(path[(Root.Length + 1)..]))
            {
                var nearest = NearestName.Find(path[(Root.Length + 1)..], _settings.Keys);
                _errors.Add(nearest is null ? $"{path} is not a setting." : $"{path} is not a setting; did you mean {Path(nearest)}?");
            }
        }
    }

    private TimeSpan? ReadDuration(string key, TimeSpan? defaultValue) =>
        Value(key, defaultValue, "a duration such as 250ms, 1.5s, 4min, 24h, 7d or 00:01:30", (string text, out TimeSpan? value) =>
        {
            value = Durations.TryParse(text, out var parsed) ? parsed : null;
            return value is not null;
        });

    private bool? ReadBoolean(string key, bool? defaultValue) =>
        Value(key, defaultValue, "true or false", (string text, out bool? value) =>
        {
            value = bool.TryParse(text, out var parsed) ? parsed : null;
            return value is not null;
        });

    private string? Find(string key, string allowed, object? defaultValue)
    {
        var path = Path(key);
        var text = _configuration[path] is { Length: > 0 } value ? value : null;
        var origin = text is null ? SettingOrigin.Default : SettingOrigins.Of(_configuration, path);
        _settings[key] = new ReadSetting(key, allowed, defaultValue, text, origin);
        return text;
    }

    private static string Path(string key) => $"{Root}:{key}";

    private T Value<T>(string key, T defaultValue, string rule, Parser<T> parse)
    {
        if (Find(key, rule, defaultValue) is not { } text)
        {
            return defaultValue;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        _errors.Add($"{Path(key)} is '{text}' and must be {rule}.");
        return defaultValue;
    }

    private delegate bool Parser<T>(string text, out T value);
}
