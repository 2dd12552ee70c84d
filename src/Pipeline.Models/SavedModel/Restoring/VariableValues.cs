using Pipeline.Inference.Graphs;
using Pipeline.Models.SavedModel.Bundles;
using Pipeline.Models.SavedModel.Constants;
using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Restoring;

/// <summary>
/// Gives the stored value of each variable that a signature reaches. Neither checkpoint nor restore operators are read before the first is wanted.
/// </summary>
internal sealed class VariableValues
{
    private readonly SavedModelFolder _folder;
    private readonly MessageFile _graph;
    private readonly Lazy<RestorePlan> _plan;
    private readonly Lazy<ILookup<string, FlatNode>> _initialized;
    private readonly Lazy<TensorBundle> _bundle;
    private readonly Dictionary<string, NumericConstantSource> _sources = new(StringComparer.Ordinal);

    public VariableValues(SavedModelFolder folder, GraphLibrary library, MetaGraphDef metaGraph, FlatteningLimits limits)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(metaGraph);
        _folder = folder;
        _graph = library.Top.File;
        _plan = new Lazy<RestorePlan>(() => RestorePlan.Read(library, metaGraph.SaverDef, limits));
        _initialized = new Lazy<ILookup<string, FlatNode>>(() => InitializedVariables.Of(metaGraph, library, limits));
        _bundle = new Lazy<TensorBundle>(() => TensorBundle.Open(_folder.VariablesPrefix));
    }

    /// <param name="variable">A node that stands for a variable.</param>
    /// <exception cref="InvalidModelException">
    /// The graph does not restore it, the checkpoint is missing or broken, or what it holds has not the variable's type and shape.
    /// </exception>
    /// <exception cref="UnsupportedModelException">The model's initialisation operator assigns it something that is no constant.</exception>
    public NumericConstantSource Find(FlatNode variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var key = VariableKey.Of(variable);
        if (!_sources.TryGetValue(key, out var source))
        {
            source = OpenInitialized(variable, _initialized.Value[key].ToList()) ?? OpenRestored(variable);
            _sources.Add(key, source);
        }

        Check(variable, source);
        return source;
    }

    /// <summary>The constant that the initialisation operator assigns, or null where it does not assign the variable.</summary>
    private NumericConstantSource? OpenInitialized(FlatNode variable, List<FlatNode> assignments)
    {
        if (assignments.Count == 0)
        {
            return null;
        }

        if (assignments is [{ Op: "Assign" or "AssignVariableOp", Inputs: [_, var assigned] }]
            && HandleTracing.SkipIdentities(assigned).Node is { Op: "Const" } constant
            && constant.FindAttribute("value") is { ValueCase: AttrValue.ValueOneofCase.Tensor } value
            && TensorProtoReader.Read(value.Tensor, constant.Source!.ValueContent, _graph, constant.Name) is NumericConstantSource source)
        {
            return source;
        }

        throw new UnsupportedModelException(
            _graph.Path, [new UnsupportedNode(variable.Op, variable.Name, null, "the initialisation operator assigns it something that is no constant")]);
    }

    private NumericConstantSource OpenRestored(FlatNode variable)
    {
        var tensors = _plan.Value.Find(variable);
        if (tensors.Count == 0)
        {
            throw new InvalidModelException(_graph.Path, Place(variable), "to be restored from the checkpoint", "no restore operator that assigns it");
        }

        CheckEqual(variable, tensors);
        return Open(tensors[0]);
    }

    private NumericConstantSource Open(RestoredTensor restored)
    {
        var bundle = _bundle.Value;
        if (restored.Slice.Length == 0)
        {
            return bundle.OpenNumeric(restored.Key, null);
        }

        var entry = bundle.Find(restored.Key);
        var part = SliceSpecification.TryParse(restored.Slice, entry.WideShape)
            ?? throw new InvalidModelException(bundle.IndexPath, $"tensor '{restored.Key}'", $"a shape that '{restored.Slice}' is a part of", $"{entry.Shape}");
        return bundle.OpenNumeric(restored.Key, part);
    }

    /// <summary>A variable that is assigned twice, in no order, has one value only where both are the same.</summary>
    private void CheckEqual(FlatNode variable, IReadOnlyList<RestoredTensor> tensors)
    {
        foreach (var tensor in tensors.Where(tensor => tensor != tensors[0]))
        {
            var first = _bundle.Value.Find(tensors[0].Key);
            var other = _bundle.Value.Find(tensor.Key);
            if (tensor.Slice != tensors[0].Slice || !first.HoldsSameAs(other))
            {
                throw new InvalidModelException(
                    _graph.Path, Place(variable), $"to be restored from one tensor, '{tensors[0].Key}'", $"also from '{tensor.Key}', which differs");
            }
        }
    }

    private void Check(FlatNode variable, NumericConstantSource source)
    {
        var dataType = variable.FindAttribute("dtype") is { } type ? TensorFlowTypes.FromNumber(type.Type).ToDataType() : null;
        var shape = ShapeReading.ReadPartial(variable.FindAttribute("shape")?.Shape, _graph.Path, Place(variable));
        if (dataType != source.DataType || !shape.Admits(source.Shape))
        {
            throw new InvalidModelException(
                _graph.Path, Place(variable), $"{dataType?.ToString() ?? "a type of numbers"}{shape}", $"{source.DataType}{source.Shape} in the checkpoint");
        }
    }

    private static string Place(FlatNode variable) => $"variable '{variable.Name}'";
}
