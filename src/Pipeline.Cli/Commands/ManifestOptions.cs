using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Commands;

/// <summary>An option for every key of <c>model.json</c> that says a value of the model, described in the schema's words.</summary>
internal sealed class ManifestOptions
{
    private readonly ImmutableArray<ManifestOption> _options;

    public ManifestOptions()
    {
        using var schema = JsonDocument.Parse(ManifestSchema.Read());
        _options = [.. ManifestKeys.Paths.Where(path => path is not ("$.sha256" or "$.$schema")).Select(path => new ManifestOption(path, NameOf(path), KindOf(path), Describe(schema.RootElement, path)))];
    }

    public void AddTo(Command command)
    {
        foreach (var option in _options)
        {
            command.Add(option.Option);
        }
    }

    /// <summary>The values that were typed, as JSON by path.</summary>
    public ImmutableDictionary<string, string> Read(ParseResult result) =>
        _options.Select(option => (option.Path, Json: option.Read(result))).Where(pair => pair.Json is not null).ToImmutableDictionary(pair => pair.Path, pair => pair.Json!, StringComparer.Ordinal);

    /// <summary>The option that says a key's value: <c>--resize-to</c>.</summary>
    public static string NameOf(string path) => path switch
    {
        "$.output.tensor" => "--output-tensor",
        "$.output.thresholds" => "--label-threshold",
        _ => $"--{string.Concat(path[(path.LastIndexOf('.') + 1)..].Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"))}",
    };

    public static ManifestKind KindOf(string path) => path switch
    {
        "$.input.alignCorners" => ManifestKind.Switch,
        "$.input.mean" or "$.input.std" or "$.input.pad" => ManifestKind.Numbers,
        "$.input.width" or "$.input.height" or "$.input.scale" or "$.input.resizeTo" or "$.input.fraction" or "$.output.top" or "$.output.threshold" => ManifestKind.Number,
        "$.output.ignore" => ManifestKind.Texts,
        "$.output.thresholds" => ManifestKind.NamedNumbers,
        _ => ManifestKind.Text,
    };

    private static string Describe(JsonElement schema, string path)
    {
        var names = path.Split('.');
        var section = names.Length == 3 ? schema.GetProperty("$defs").GetProperty(names[1]) : schema;
        var key = section.GetProperty("properties").GetProperty(names[^1]);
        var description = key.GetProperty("description").GetString()!;
        return key.TryGetProperty("enum", out var allowed) ? $"{description} One of: {string.Join(", ", allowed.EnumerateArray())}." : description;
    }
}
