using System.Collections.Immutable;

namespace Pipeline.Models.Package.Manifest;

/// <summary>The names that a key of the manifest may have as its value, and what each means.</summary>
internal sealed class NameTable<T>
    where T : notnull
{
    private readonly ImmutableArray<(string Name, T Value)> _entries;

    /// <param name="entries">The default first.</param>
    public NameTable(params ImmutableArray<(string Name, T Value)> entries)
    {
        _entries = entries;
        Names = [.. entries.Select(entry => entry.Name)];
    }

    public ImmutableArray<string> Names { get; }

    public T Default => _entries[0].Value;

    /// <param name="value">A value of the table.</param>
    public string NameOf(T value) => _entries.First(entry => EqualityComparer<T>.Default.Equals(entry.Value, value)).Name;

    /// <summary>The value of a name, letter for letter; false where there is none.</summary>
    public bool TryParse(string name, out T value)
    {
        var index = Names.IndexOf(name);
        value = index < 0 ? Default : _entries[index].Value;
        return index >= 0;
    }
}
