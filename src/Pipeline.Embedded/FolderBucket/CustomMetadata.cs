using System.Collections.Immutable;
using System.Text;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>An object's metadata of the app's own: texts by key, in the keys' ordinal order. Two are equal where their entries are.</summary>
public sealed class CustomMetadata : IEquatable<CustomMetadata>
{
    /// <summary>The most bytes of UTF-8 that keys and values may have together.</summary>
    public const int MaxBytes = 8192;

    private readonly ImmutableSortedDictionary<string, string> _entries;

    /// <param name="entries">Copied.</param>
    public CustomMetadata(IReadOnlyDictionary<string, string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = entries.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    public static CustomMetadata Empty { get; } = new(ImmutableSortedDictionary<string, string>.Empty);

    public IReadOnlyDictionary<string, string> Entries => _entries;

    /// <summary>This with some entries set, and those removed whose new value is null.</summary>
    public CustomMetadata Merge(IEnumerable<KeyValuePair<string, string?>> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var merged = _entries.ToBuilder();
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                merged.Remove(key);
            }
            else
            {
                merged[key] = value;
            }
        }

        return new CustomMetadata(merged);
    }

    public bool Equals(CustomMetadata? other) => other is not null && _entries.SequenceEqual(other._entries);

    public override bool Equals(object? obj) => Equals(obj as CustomMetadata);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (key, value) in _entries)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>What is wrong, in words, or null.</summary>
    internal string? FindFault()
    {
        var bytes = 0L;
        foreach (var (key, value) in _entries)
        {
            if (key.Length == 0 || !ObjectNames.IsUnicode(key) || !ObjectNames.IsUnicode(value))
            {
                return "metadata has a key that is empty, or a text that is no valid Unicode.";
            }

            bytes += Encoding.UTF8.GetByteCount(key) + (long)Encoding.UTF8.GetByteCount(value);
        }

        return bytes <= MaxBytes ? null : $"the keys and values of metadata have {bytes} bytes, {MaxBytes} are allowed.";
    }
}
