using System.CommandLine;
using System.Globalization;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Commands;

/// <summary>The option for one key of <c>model.json</c>. Values that are no JSON of the right kind stay texts: the manifest's reader refuses them with its own words.</summary>
internal sealed class ManifestOption
{
    private readonly ManifestKind _kind;

    /// <param name="path">The key's JSON path.</param>
    public ManifestOption(string path, string name, ManifestKind kind, string description)
    {
        Path = path;
        _kind = kind;
        Option = kind switch
        {
            ManifestKind.Switch => new Option<bool>(name) { Description = description },
            ManifestKind.Texts => new Option<string[]>(name) { Description = description, HelpName = "label" },
            ManifestKind.NamedNumbers => new Option<string[]>(name) { Description = description, HelpName = "label=score" },
            _ => new Option<string>(name) { Description = description, HelpName = kind == ManifestKind.Text ? "text" : "number" },
        };
    }

    public string Path { get; }

    public Option Option { get; }

    /// <summary>The value as JSON, or null where the option is not there.</summary>
    public string? Read(ParseResult result) => result.GetResult(Option) is null or { Implicit: true } ? null : _kind switch
    {
        ManifestKind.Switch => result.GetValue((Option<bool>)Option) ? "true" : "false",
        ManifestKind.Texts => $"[{string.Join(", ", result.GetRequiredValue((Option<string[]>)Option).Select(ManifestText.Of))}]",
        ManifestKind.NamedNumbers => $"{{ {string.Join(", ", result.GetRequiredValue((Option<string[]>)Option).Select(Named))} }}",
        _ => ToJson(_kind, result.GetRequiredValue((Option<string>)Option)),
    };

    /// <param name="kind">A text or numbers.</param>
    public static string ToJson(ManifestKind kind, string text)
    {
        if (kind == ManifestKind.Text)
        {
            return ManifestText.Of(text);
        }

        var numbers = new List<string>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                return ManifestText.Of(text);
            }

            numbers.Add(ManifestText.Of(number));
        }

        return numbers is [var single] ? single : kind == ManifestKind.Numbers ? $"[{string.Join(", ", numbers)}]" : ManifestText.Of(text);
    }

    private static string Named(string text)
    {
        var split = text.LastIndexOf('=');
        return split < 0
            ? $"{ManifestText.Of(text)}: null"
            : $"{ManifestText.Of(text[..split])}: {ToJson(ManifestKind.Number, text[(split + 1)..])}";
    }
}
