using System.Text.Json.Nodes;

namespace Pipeline.Models.Tests.Package.Manifest;

/// <summary>Manifests that differ from a given one at a single place.</summary>
internal static class ManifestVariations
{
    /// <summary>One of each kind of value, and those at the edges of the ranges.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "1", "2", "3", "4", "8", "-1", "0.5", "1.0", "1.5", "100", "101", "255", "256", "4096", "4097", "1e6", "1000001", "1e-7",
        "\"\"", "\"rgb\"", "\"gray\"", "\"apply\"", "\"drop\"", "\"stretch\"", "\"central\"", "\"tf-bilinear\"", "\"tf1-nearest\"", "\"none\"", "\"nhwc\"", "\"../x\"",
        "[]", "[1]", "[1, 2]", "[1, 2, 3]", "[1, 2, 3, 4]", "[\"a\"]", "{}", "{ \"a\": 0.5 }", "{ \"a\": \"b\" }",
    ];

    public static IEnumerable<string> Of(string json)
    {
        foreach (var (section, key) in Keys(JsonNode.Parse(json)!.AsObject()))
        {
            yield return Changed(json, section, target => target.Remove(key));
            foreach (var value in Values)
            {
                yield return Changed(json, section, target => target[key] = JsonNode.Parse(value));
            }
        }
    }

    private static IEnumerable<(string? Section, string Key)> Keys(JsonObject root) =>
        root.SelectMany(entry => entry.Value is JsonObject section
            ? section.Select(inner => ((string?)entry.Key, inner.Key)).Append((null, entry.Key))
            : [(null, entry.Key)]);

    private static string Changed(string json, string? section, Action<JsonObject> change)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        change(section is null ? root : root[section]!.AsObject());
        return root.ToJsonString();
    }
}
