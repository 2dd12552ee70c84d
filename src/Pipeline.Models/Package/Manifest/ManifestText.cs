using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Models.Package.Manifest;

/// <summary>Writes manifests: one key a line, in the order of <see cref="ManifestKeys"/>.</summary>
public static class ManifestText
{
    private const string Step = "  ";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="values">JSON texts under the paths of <see cref="ManifestKeys.Paths"/>; others are left out.</param>
    public static string Compose(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var root = new List<string>();
        foreach (var key in ManifestKeys.Root)
        {
            var names = key switch { "input" => ManifestKeys.Input, "output" => ManifestKeys.Output, _ => [] };
            if (names.IsEmpty)
            {
                AddTo(root, Step, "$", key, values);
                continue;
            }

            var section = new List<string>();
            foreach (var name in names)
            {
                AddTo(section, Step + Step, $"$.{key}", name, values);
            }

            if (section.Count > 0)
            {
                root.Add($"{Step}\"{key}\": {{\n{string.Join(",\n", section)}\n{Step}}}");
            }
        }

        return new StringBuilder("{\n").AppendJoin(",\n", root).Append("\n}").ToString();
    }

    /// <summary>A text as JSON; letters of any language stay as they are.</summary>
    public static string Of(string text) => JsonSerializer.Serialize(text, Readable);

    /// <summary>A number as JSON, as short as its value allows.</summary>
    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Numbers as a JSON array, or as a single number where all are equal.</summary>
    public static string Of(params ReadOnlySpan<double> numbers)
    {
        double[] all = [.. numbers];
        return all.Distinct().Count() == 1 ? Of(all[0]) : $"[{string.Join(", ", all.Select(number => Of(number)))}]";
    }

    private static void AddTo(List<string> lines, string indentation, string parent, string key, IReadOnlyDictionary<string, string> values)
    {
        if (values.TryGetValue($"{parent}.{key}", out var json))
        {
            lines.Add($"{indentation}\"{key}\": {json}");
        }
    }
}
