using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Graphs;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>One node while it is translated: its inputs as values of the engine's graph, its attributes, and the graph to add to.</summary>
internal sealed class NodeTranslation
{
    private readonly FlatNode _node;
    private readonly GraphBuilder _builder;
    private readonly IReadOnlyList<TranslatedValue> _inputs;
    private readonly Value?[] _values;
    private readonly string _path;
    private int _added;

    public NodeTranslation(FlatNode node, GraphBuilder builder, IReadOnlyList<TranslatedValue> inputs, TranslatedVariables variables, string path)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(inputs);
        _node = node;
        _builder = builder;
        ArgumentNullException.ThrowIfNull(variables);
        _inputs = inputs;
        _values = new Value?[inputs.Count];
        _path = path;
        Variables = variables;
        Attributes = new NodeAttributes(node, path);
    }

    public NodeAttributes Attributes { get; }

    public TranslatedVariables Variables { get; }

    public string Name => _node.Name;

    public int InputCount => _inputs.Count;

    /// <summary>All inputs.</summary>
    /// <inheritdoc cref="Input"/>
    public IReadOnlyList<Value> Inputs => [.. Enumerable.Range(0, _inputs.Count).Select(Input)];

    /// <summary>An input. Where it is a reference to a variable, what the variable holds now.</summary>
    /// <exception cref="InvalidModelException">The node has no such input, or it is the handle of a resource.</exception>
    public Value Input(int index)
    {
        var input = Find(index);
        if (input.Variable is null)
        {
            return input.Value!;
        }

        return TranslatedVariables.IsReference(input.Variable)
            ? _values[index] ??= Variables.Read(input.Variable, $"{_node.Name}/read")
            : throw Invalid($"input {index}", "a value", $"the handle of variable '{input.Variable.Name}'");
    }

    /// <summary>The variable that an input is a handle of or a reference to, or null where it is a value.</summary>
    public FlatNode? FindVariable(int index) => Find(index).Variable;

    /// <summary>The variable that an input is a handle of or a reference to.</summary>
    /// <exception cref="InvalidModelException">It is neither.</exception>
    public FlatNode Variable(int index) => FindVariable(index) ?? throw Invalid($"input {index}", "a variable", "a value");

    /// <exception cref="InvalidModelException">The node has more or fewer inputs.</exception>
    public void ExpectInputs(int count)
    {
        if (_inputs.Count != count)
        {
            throw Invalid("inputs", $"{count}", $"{_inputs.Count}");
        }
    }

    /// <summary>Adds an operator. The first of a node has the node's name, further ones a suffix.</summary>
    public Value Add(Operator @operator, params IReadOnlyList<Value> inputs) => _builder.Add(NextName(), @operator, inputs);

    /// <summary>Adds an operator of several outputs.</summary>
    public IReadOnlyList<Value> AddNode(Operator @operator, params IReadOnlyList<Value> inputs) => _builder.AddNode(NextName(), @operator, inputs);

    /// <summary>Makes a constant vector.</summary>
    public Value Vector<T>(params ReadOnlySpan<T> elements)
        where T : unmanaged => GraphBuilder.Constant($"{_node.Name}/constant", Tensor.Vector(elements));

    /// <summary>Makes a constant scalar.</summary>
    public Value Scalar<T>(T element)
        where T : unmanaged => GraphBuilder.Constant($"{_node.Name}/constant", Tensor.Scalar(element));

    /// <summary>The integers of an input that must be a constant of at most <paramref name="largestCount"/> elements.</summary>
    /// <exception cref="UnsupportedModelException">It is not constant, or larger.</exception>
    public int[] ConstantInts(int index, string name, int largestCount)
    {
        if (Input(index).Constant is not NumericConstantSource source || source.Shape.ElementCount > largestCount)
        {
            throw Unsupported(name, $"input {index} is no constant of at most {largestCount} integers");
        }

        var tensor = (Tensor)source.Load();
        return tensor.DataType switch
        {
            DataType.Int32 => tensor.Elements<int>().ToArray(),
            DataType.Int64 => [.. tensor.Elements<long>().ToArray().Select(Narrow)],
            _ => throw Invalid(name, "integers", $"{tensor.DataType}"),
        };

        int Narrow(long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Invalid(name, "32-bit integers", $"{value}");
    }

    public UnsupportedModelException Unsupported(string? attribute, string reason) =>
        new(_path, [new UnsupportedNode(_node.Op, _node.Name, attribute, reason)]);

    public InvalidModelException Invalid(string place, string expected, string found) =>
        new(_path, $"node '{_node.Name}' ({_node.Op}), {place}", expected, found);

    private TranslatedValue Find(int index) =>
        index < _inputs.Count ? _inputs[index] : throw Invalid("inputs", $"at least {index + 1}", $"{_inputs.Count}");

    private string NextName() => _added++ == 0 ? _node.Name : $"{_node.Name}/{_added}";
}
