using System.Text;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>Typed access to a node's attributes. Each is asked for with its operator's default; what nobody asked for is found out at the end.</summary>
internal sealed class NodeAttributes
{
    private readonly FlatNode _node;
    private readonly string _path;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public NodeAttributes(FlatNode node, string path)
    {
        ArgumentNullException.ThrowIfNull(node);
        _node = node;
        _path = path;
    }

    /// <summary>Attributes of the file that were not asked for; names with a leading underscore are notes that mean nothing to the operator.</summary>
    public IEnumerable<string> Unread =>
        _node.Source!.Attributes.Keys.Where(name => !name.StartsWith('_') && !_read.Contains(name)).Order(StringComparer.Ordinal);

    /// <summary>Marks attributes as known to be without effect on results.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _read.Add(name);
        }
    }

    public bool Bool(string name, bool? fallback = null) => Find(name, AttrValue.ValueOneofCase.B)?.B ?? fallback ?? throw Missing(name, "a boolean");

    public long Int(string name, long? fallback = null) => Find(name, AttrValue.ValueOneofCase.I)?.I ?? fallback ?? throw Missing(name, "an integer");

    /// <summary>An integer that must fit into 32 bits.</summary>
    public int Int32(string name, int? fallback = null)
    {
        var value = Int(name, fallback);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Invalid(name, "a 32-bit integer", $"{value}");
    }

    public float Float(string name, float? fallback = null) => Find(name, AttrValue.ValueOneofCase.F)?.F ?? fallback ?? throw Missing(name, "a float");

    public string Text(string name, string? fallback = null) =>
        Find(name, AttrValue.ValueOneofCase.S) is { } value ? Encoding.UTF8.GetString(value.S.Span) : fallback ?? throw Missing(name, "a string");

    /// <summary>Integers that must each fit into 32 bits.</summary>
    public int[] Int32List(string name, int[]? fallback = null)
    {
        if (Find(name, AttrValue.ValueOneofCase.List) is not { } value)
        {
            return fallback ?? throw Missing(name, "a list of integers");
        }

        var wide = value.List.I;
        return wide.All(element => element is >= int.MinValue and <= int.MaxValue)
            ? [.. wide.Select(element => (int)element)]
            : throw Invalid(name, "32-bit integers", string.Join(", ", wide));
    }

    /// <summary>A data type that the engine has.</summary>
    /// <exception cref="UnsupportedModelException">It is one that the engine has not.</exception>
    public DataType Type(string name, DataType? fallback = null)
    {
        if (Find(name, AttrValue.ValueOneofCase.Type) is not { } value)
        {
            return fallback ?? throw Missing(name, "a data type");
        }

        var type = TensorFlowTypes.FromNumber(value.Type);
        return type.ToDataType() ?? throw new UnsupportedModelException(_path, [new UnsupportedNode(_node.Op, _node.Name, name, $"data type {type}")]);
    }

    /// <summary>A data type that must be that of a value, where the file states one at all.</summary>
    public void ExpectType(string name, DataType expected)
    {
        var found = Type(name, expected);
        if (found != expected)
        {
            throw Invalid(name, $"{expected}, the type of its input", $"{found}");
        }
    }

    public TensorProto Tensor(string name) => Find(name, AttrValue.ValueOneofCase.Tensor)?.Tensor ?? throw Missing(name, "a tensor");

    public PartialShape Shape(string name) => ShapeReading.ReadPartial(Find(name, AttrValue.ValueOneofCase.Shape)?.Shape, _path, Place(name));

    private AttrValue? Find(string name, AttrValue.ValueOneofCase expected)
    {
        _read.Add(name);
        var value = _node.FindAttribute(name);
        return value is null || value.ValueCase == expected ? value : throw Invalid(name, $"a value of kind {expected}", $"kind {value.ValueCase}");
    }

    private InvalidModelException Missing(string name, string expected) => Invalid(name, expected, "no such attribute");

    private InvalidModelException Invalid(string name, string expected, string found) => new(_path, Place(name), expected, found);

    private string Place(string name) => $"node '{_node.Name}' ({_node.Op}), attribute '{name}'";
}
