using System.Collections.Immutable;
using System.Text.Json;

namespace Pipeline.Models.Package.Manifest;

/// <summary>
/// One object of a manifest while it is read. Every getter returns null where the key is absent, and where its value is not allowed after
/// having noted the error; so all errors of a file are found in one pass.
/// </summary>
internal sealed class ManifestSection
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly List<ManifestError> _errors;

    private ManifestSection(string path, List<ManifestError> errors)
    {
        _path = path;
        _errors = errors;
    }

    /// <summary>Takes an object apart; notes unknown and repeated keys.</summary>
    /// <returns>Null where <paramref name="element"/> is no object, or has so many keys that they are not worth naming.</returns>
    public static ManifestSection? Read(JsonElement element, string path, ImmutableArray<string> keys, List<ManifestError> errors)
    {
        var section = new ManifestSection(path, errors);
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new ManifestError(path, JsonText.Describe(element), "an object"));
            return null;
        }

        if (element.GetPropertyCount() is var count && count > ManifestLimits.MaxKeys)
        {
            errors.Add(new ManifestError(path, $"an object of {count} keys", JsonText.List(keys)));
            return null;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!JsonText.TryName(property, out var key))
            {
                errors.Add(new ManifestError(path, "a key that is not valid Unicode", "valid Unicode"));
            }
            else if (!keys.Contains(key))
            {
                errors.Add(new ManifestError(JsonText.Path(path, key), "an unknown key", JsonText.List(keys), NearestName.Find(key, keys)));
            }
            else if (!section._values.TryAdd(key, property.Value))
            {
                errors.Add(new ManifestError(JsonText.Path(path, key), "the same key again", "each key once"));
            }
        }

        return section;
    }

    public bool Has(string key) => _values.ContainsKey(key);

    public ManifestSection? Section(string key, ImmutableArray<string> keys) =>
        _values.TryGetValue(key, out var element) ? Read(element, JsonText.Path(_path, key), keys, _errors) : null;

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
        where T : notnull =>
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

    /// <summary>A single number, or an array of one number or of one a channel.</summary>
    /// <param name="channels">1 or 3.</param>
    public ImmutableArray<double>? PerChannel(string key, int channels, NumberRule rule)
    {
        if (!_values.TryGetValue(key, out var element))
        {
            return null;
        }

        var path = JsonText.Path(_path, key);
        if (element.ValueKind == JsonValueKind.Number)
        {
            return Number(element, path, rule) is { } single ? [single] : null;
        }

        if (element.ValueKind != JsonValueKind.Array || (element.GetArrayLength() != 1 && element.GetArrayLength() != channels))
        {
            Refuse(key, channels == 1 ? $"one value, {rule.Allowed}" : $"one value or {channels}, one a channel, each {rule.Allowed}");
            return null;
        }

        var numbers = element.EnumerateArray().Select((item, index) => Number(item, $"{path}[{index}]", rule)).ToArray();
        return numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }

    public ImmutableArray<string>? TextList(string key, TextRule rule)
    {
        if (!_values.TryGetValue(key, out var element))
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            Refuse(key, $"an array; of {rule.Allowed}");
            return null;
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (index, item) in element.EnumerateArray().Index())
        {
            if (JsonText.TryText(item, out var text) && rule.Accepts(text))
            {
                texts.Add(text);
            }
            else
            {
                _errors.Add(new ManifestError($"{JsonText.Path(_path, key)}[{index}]", JsonText.Describe(item), rule.Allowed));
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>An object whose keys are free.</summary>
    public ImmutableDictionary<string, double>? NumberMap(string key, TextRule keyRule, NumberRule rule)
    {
        if (!_values.TryGetValue(key, out var element))
        {
            return null;
        }

        var path = JsonText.Path(_path, key);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse(key, $"an object; of {rule.Allowed} under each label");
            return null;
        }

        var numbers = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!JsonText.TryName(property, out var name) || !keyRule.Accepts(name))
            {
                _errors.Add(new ManifestError(path, "a key that is not allowed", keyRule.Allowed));
            }
            else if (numbers.ContainsKey(name))
            {
                _errors.Add(new ManifestError(JsonText.Path(path, name), "the same key again", "each key once"));
            }
            else if (Number(property.Value, JsonText.Path(path, name), rule) is { } number)
            {
                numbers.Add(name, number);
            }
        }

        return numbers.ToImmutable();
    }

    /// <summary>Notes that a key's value is not allowed; "nothing" where it is absent.</summary>
    public void Refuse(string key, string allowed) =>
        _errors.Add(new ManifestError(JsonText.Path(_path, key), _values.TryGetValue(key, out var element) ? JsonText.Describe(element) : "nothing", allowed));

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
