using System.Collections.Immutable;

namespace Pipeline.Models.Package.Manifest;

/// <summary>The names that a key of the manifest may have as its value, and what each means. Filled by an initialiser, the default first.</summary>
internal sealed class NameTable<T>
    where T : struct
{
    private T[] _values = [];

    public ImmutableArray<string> Names { get; private set; } = [];

    public T Default => _values[0];

    /// <summary>Adds a name, which is not there yet.</summary>
    public T this[string name]
    {
        init
        {
            var values = new T[_values.Length + 1];
            _values.CopyTo(values, 0);
            values[^1] = value;
            _values = values;
            Names = Names.Add(name);
        }
    }

    /// <param name="value">A value of the table.</param>
    public string NameOf(T value) => Names[Array.IndexOf(_values, value)];

    /// <summary>The value of a name, letter for letter; false where there is none.</summary>
    public bool TryParse(string name, out T value)
    {
        var index = Names.IndexOf(name);
        value = index < 0 ? Default : _values[index];
        return index >= 0;
    }
}
