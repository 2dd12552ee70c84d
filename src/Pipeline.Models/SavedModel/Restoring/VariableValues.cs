using Pipeline.Inference.Graphs;
using Pipeline.Models.SavedModel.Bundles;
using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Restoring;

/// <summary>Gives the stored value of each variable that a signature reaches. Neither checkpoint nor restore operators are read before the first is wanted.</summary>
internal sealed class VariableValues
{
    private readonly SavedModelFolder _folder;
    private readonly string _graphPath;
    private readonly Lazy<RestorePlan> _plan;
    private readonly Lazy<TensorBundle> _bundle;
    private readonly Dictionary<string, NumericConstantSource> _sources = new(StringComparer.Ordinal);

    public VariableValues(SavedModelFolder folder, GraphLibrary library, SaverDef? saver, FlatteningLimits limits)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(library);
        _folder = folder;
        _graphPath = library.Top.File.Path;
        _plan = new Lazy<RestorePlan>(() => RestorePlan.Read(library, saver, limits));
        _bundle = new Lazy<TensorBundle>(() => TensorBundle.Open(_folder.VariablesPrefix));
    }

    /// <param name="variable">A node that stands for a variable.</param>
    /// <exception cref="InvalidModelException">
    /// The graph does not restore it, the checkpoint is missing or broken, or what it holds has not the variable's type and shape.
    /// </exception>
    public NumericConstantSource Find(FlatNode variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var key = VariableKey.Of(variable);
        if (!_sources.TryGetValue(key, out var source))
        {
            source = Open(variable);
            _sources.Add(key, source);
        }

        Check(variable, source);
        return source;
    }

    private NumericConstantSource Open(FlatNode variable)
    {
        var tensors = _plan.Value.Find(variable);
        if (tensors.Count == 0)
        {
            throw new InvalidModelException(_graphPath, Place(variable), "to be restored from the checkpoint", "no restore operator that assigns it");
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
        var first = _bundle.Value.Find(tensors[0].Key);
        foreach (var tensor in tensors.Skip(1))
        {
            var other = _bundle.Value.Find(tensor.Key);
            if (tensor.Slice != tensors[0].Slice || other.Type != first.Type || other.Shape != first.Shape || other.Crc != first.Crc)
            {
                throw new InvalidModelException(_graphPath, Place(variable), $"to be restored from one tensor, '{tensors[0].Key}'", $"also from '{tensor.Key}', which differs");
            }
        }
    }

    private void Check(FlatNode variable, NumericConstantSource source)
    {
        var dataType = variable.FindAttribute("dtype") is { } type ? TensorFlowTypes.FromNumber(type.Type).ToDataType() : null;
        var shape = ShapeReading.ReadPartial(variable.FindAttribute("shape")?.Shape, _graphPath, Place(variable));
        if (dataType != source.DataType || !shape.Admits(source.Shape))
        {
            throw new InvalidModelException(_graphPath, Place(variable), $"{dataType?.ToString() ?? "a type of numbers"}{shape}", $"{source.DataType}{source.Shape} in the checkpoint");
        }
    }

    private static string Place(FlatNode variable) => $"variable '{variable.Name}'";
}
