using System.Collections.Immutable;
using System.Text.Json;

namespace Pipeline.Models.Package.Manifest;

internal sealed partial class ManifestSection
{
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

        var numbers = ImmutableArray.CreateBuilder<double>(element.GetArrayLength());
        for (var index = 0; index < element.GetArrayLength(); index++)
        {
            if (Number(element[index], $"{path}[{index}]", rule) is { } number)
            {
                numbers.Add(number);
            }
        }

        return numbers.Count == element.GetArrayLength() ? numbers.MoveToImmutable() : null;
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
}
