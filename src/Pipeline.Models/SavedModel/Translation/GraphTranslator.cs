using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Constants;
using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Restoring;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>Puts a flat TensorFlow graph into the engine's operators, and finds everything in it that is not supported before it refuses.</summary>
internal sealed class GraphTranslator
{
    private const int LargestValueCount = 4_000_000;

    private readonly MessageFile _file;
    private readonly Signature _signature;
    private readonly FlatGraph _flat;
    private readonly GraphBuilder _builder;
    private readonly TranslatedVariables _variables;
    private readonly IReadOnlySet<FlatNode> _needed;
    private readonly Dictionary<FlatNode, IReadOnlyList<TranslatedValue>> _translated = [];
    private readonly HashSet<FlatNode> _failed = [];
    private readonly List<UnsupportedNode> _unsupported = [];
    private int _valueCount;

    private GraphTranslator(MessageFile file, Signature signature, FlatGraph flat, VariableValues values)
    {
        _file = file;
        _signature = signature;
        _flat = flat;
        _needed = NeededNodes.Of(flat);
        _builder = new GraphBuilder(signature.Name);
        var assigned = AssignedVariables.AssignmentsIn(_needed).Select(assignment => assignment.Variable).ToHashSet(StringComparer.Ordinal);
        _variables = new TranslatedVariables(_builder, values, assigned);
    }

    /// <param name="flat">Its feeds and outputs are those of the signature, in order.</param>
    /// <exception cref="InvalidModelException">The graph is broken: cyclic, a node with wrong attributes or inputs, a variable without value …</exception>
    /// <exception cref="UnsupportedModelException">Some of it is not supported; all of that is listed.</exception>
    public static Graph Translate(MessageFile file, Signature signature, FlatGraph flat, VariableValues values) =>
        new GraphTranslator(file, signature, DropoutFolding.Apply(flat), values).Translate();

    private Graph Translate()
    {
        AddUnknownOperators();
        AddInputs();
        foreach (var node in Order())
        {
            _translated[node] = Translate(node);
        }

        AddOutputs();
        if (_unsupported.Count > 0)
        {
            throw new UnsupportedModelException(_file.Path, [.. _unsupported]);
        }

        return _builder.Build();
    }

    private void AddUnknownOperators()
    {
        foreach (var node in _needed.Where(node => node.Source is not null && !TranslatorRegistry.IsKnown(node.Op)))
        {
            _unsupported.Add(new UnsupportedNode(node.Op, node.Name, null, "the operator is not supported"));
        }
    }

    private void AddInputs()
    {
        for (var index = 0; index < _flat.Feeds.Count; index++)
        {
            var input = _signature.Inputs[index];
            var value = _builder.AddInput(input.Name, input.DataType, input.Shape);
            if (!_translated.TryAdd(_flat.Feeds[index], [TranslatedValue.Of(value)]))
            {
                _unsupported.Add(new UnsupportedNode("Signature", input.Name, null, $"'{input.TensorName}' is another input's tensor too"));
            }
        }
    }

    private IReadOnlyList<FlatNode> Order()
    {
        try
        {
            return [.. FlatOrder.Sort(_flat, _file.Path).Where(_needed.Contains)];
        }
        catch (InvalidModelException) when (_unsupported.Count > 0)
        {
            // The loops of TF1's control flow operators are cycles, and those operators are on the list.
            throw new UnsupportedModelException(_file.Path, [.. _unsupported]);
        }
    }

    private void AddOutputs()
    {
        for (var index = 0; index < _flat.Outputs.Count; index++)
        {
            var output = _signature.Outputs[index];
            var found = Find(_flat.Outputs[index], $"output '{output.Name}'");
            var value = found.Variable is not null && TranslatedVariables.IsReference(found.Variable)
                ? _variables.Read(found.Variable, $"{output.Name}/read")
                : found.Value;
            if (value is null)
            {
                if (_unsupported.Count == 0)
                {
                    _unsupported.Add(new UnsupportedNode("Signature", output.Name, null, $"'{output.TensorName}' is no value"));
                }
            }
            else if (value.DataType != output.DataType && _unsupported.Count == 0)
            {
                throw new InvalidModelException(
                    _file.Path, $"signature '{_signature.Name}', output '{output.Name}'", $"{value.DataType}, what the graph computes", $"{output.DataType}");
            }
            else
            {
                _builder.AddOutput(output.Name, value);
            }
        }
    }

    private TranslatedValue Find(FlatValue value, string place)
    {
        if (_failed.Contains(value.Node))
        {
            return TranslatedValue.Unsupported;
        }

        var outputs = _translated[value.Node];
        if (value.Index < outputs.Count)
        {
            return outputs[value.Index];
        }

        if (OutputArguments.HasOutput(value.Node.Op, value.Index))
        {
            _unsupported.Add(new UnsupportedNode(value.Node.Op, value.Node.Name, $"output {value.Index}", "this output is not supported"));
            return TranslatedValue.Unsupported;
        }

        throw new InvalidModelException(_file.Path, place, $"an output of {value.Node}, 0 to {outputs.Count - 1}", $"{value.Index}");
    }

    private IReadOnlyList<TranslatedValue> Translate(FlatNode node)
    {
        if (VariableKey.IsVariable(node.Op))
        {
            return [TranslatedValue.OfVariable(node)];
        }

        if (node.Op == "Placeholder")
        {
            throw Invalid(node, "to be fed by the signature, or not to be reached", "neither");
        }

        if (!TranslatorRegistry.IsKnown(node.Op))
        {
            _failed.Add(node);
            return [];
        }

        var inputs = node.Inputs.Select(input => Find(input, $"node '{node.Name}' ({node.Op})")).ToList();
        var isBehindUnsupported = inputs.Exists(input => input == TranslatedValue.Unsupported);
        try
        {
            return TranslateKnown(node, isBehindUnsupported ? inputs.ConvertAll(Substitute) : inputs);
        }
        catch (UnsupportedModelException error)
        {
            _unsupported.AddRange(error.Nodes);
        }
        catch (UnsupportedNodeException error)
        {
            if (!isBehindUnsupported)
            {
                _unsupported.Add(new UnsupportedNode(node.Op, node.Name, null, error.Problem));
            }
        }
        catch (Exception error) when (error is InvalidNodeException or InvalidShapeException)
        {
            if (!isBehindUnsupported)
            {
                throw Invalid(node, "attributes and inputs that fit", error.Message, error);
            }
        }
        catch (InvalidModelException) when (isBehindUnsupported)
        {
            // What does not fit may be what was substituted.
        }

        _failed.Add(node);
        return [];
    }

    /// <summary>Something to go on with behind an unsupported node, so that what follows it is checked too. The graph is never built.</summary>
    private TranslatedValue Substitute(TranslatedValue input) =>
        input == TranslatedValue.Unsupported
            ? TranslatedValue.Of(_builder.AddInput("unsupported", DataType.Float32, PartialShape.Unknown))
            : input;

    private IReadOnlyList<TranslatedValue> TranslateKnown(FlatNode node, List<TranslatedValue> inputs)
    {
        var translation = new NodeTranslation(node, _builder, inputs, _variables, _file.Path);
        IReadOnlyList<TranslatedValue> outputs = node.Op switch
        {
            "NoOp" or "ControlTrigger" => [],
            "Const" => [TranslatedValue.Of(AddConstant(node, translation))],
            "Identity" when inputs is [{ Variable: { } variable }] && !TranslatedVariables.IsReference(variable) => PassHandle(translation, variable),
            _ => [.. TranslatorRegistry.Find(node.Op)!(translation).Select(TranslatedValue.Of)],
        };
        _valueCount += outputs.Count;
        if (_valueCount > LargestValueCount)
        {
            throw Invalid(node, $"a graph of at most {LargestValueCount} values", "more");
        }

        var unread = translation.Attributes.Unread.ToList();
        return unread.Count == 0
            ? outputs
            : throw new UnsupportedModelException(
                _file.Path, [.. unread.Select(name => new UnsupportedNode(node.Op, node.Name, name, "this attribute is not known"))]);
    }

    private Value AddConstant(FlatNode node, NodeTranslation translation)
    {
        var source = TensorProtoReader.Read(translation.Attributes.Tensor("value"), node.Source!.ValueContent, _file, node.Name);
        translation.Attributes.ExpectType("dtype", source.DataType);
        return GraphBuilder.Constant(node.Name, source);
    }

    private static IReadOnlyList<TranslatedValue> PassHandle(NodeTranslation translation, FlatNode variable)
    {
        translation.Attributes.ExpectType("T", DataType.Resource);
        return [TranslatedValue.OfVariable(variable)];
    }

    private InvalidModelException Invalid(FlatNode node, string expected, string found, Exception? innerException = null) =>
        new(_file.Path, $"node '{node.Name}' ({node.Op})", expected, found, innerException);
}
