using System.Collections.Immutable;
using System.Text.Json;

namespace Pipeline.Models.Package.Manifest;

/// <summary>
/// One object of a manifest while it is read. Every getter returns null where the key is absent, and where its value is not allowed after
/// having noted the error; so all errors of a file are found in one pass.
/// </summary>
internal sealed partial class ManifestSection
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

    /// <summary>Notes that a key's value is not allowed; "nothing" where it is absent.</summary>
    public void Refuse(string key, string allowed) =>
        _errors.Add(new ManifestError(JsonText.Path(_path, key), _values.TryGetValue(key, out var element) ? JsonText.Describe(element) : "nothing", allowed));
}
