using System.Collections.Immutable;
using System.Text.Json;

namespace Pipeline.Models.Package.Manifest;

internal sealed partial class ManifestSection
{
    public string? Text(string key, TextRule rule)
    {
        if (!_values.TryGetValue(key, out var element))
        {
            return null;
        }

        if (JsonText.TryText(element, out var text) && rule.Accepts(text))
        {
            return text;
        }

        Refuse(key, rule.Allowed);
        return null;
    }

    /// <param name="fallback">What is returned where nothing allowed stands there.</param>
    public T Named<T>(string key, NameTable<T> table, T fallback)
        where T : struct =>
        OneOf(key, table.Names) is { } name && table.TryParse(name, out var value) ? value : fallback;

    public string? OneOf(string key, ImmutableArray<string> names)
    {
        if (!_values.TryGetValue(key, out var element))
        {
            return null;
        }

        var suggestion = (string?)null;
        if (JsonText.TryText(element, out var text))
        {
            if (names.Contains(text))
            {
                return text;
            }

            suggestion = NearestName.Find(text, names);
        }

        _errors.Add(new ManifestError(JsonText.Path(_path, key), JsonText.Describe(element), JsonText.List(names), suggestion));
        return null;
    }

    public bool? Boolean(string key)
    {
        if (!_values.TryGetValue(key, out var element))
        {
            return null;
        }

        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return element.GetBoolean();
        }

        Refuse(key, "true or false");
        return null;
    }

    public int? Integer(string key, int minimum, int maximum) => (int?)Number(key, NumberRule.Integer(minimum, maximum));

    public int? Integer(string key, ImmutableArray<int> allowed) => (int?)Number(key, NumberRule.OneOf(allowed));

    public double? Number(string key, NumberRule rule) =>
        _values.TryGetValue(key, out var element) ? Number(element, JsonText.Path(_path, key), rule) : null;

    private double? Number(JsonElement element, string path, NumberRule rule)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && rule.Accepts(number))
        {
            return number;
        }

        _errors.Add(new ManifestError(path, JsonText.Describe(element), rule.Allowed));
        return null;
    }
}
