using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>Named inputs and outputs of a meta graph.</summary>
internal sealed record Signature(string Name, string MethodName, ImmutableArray<SavedModelTensor> Inputs, ImmutableArray<SavedModelTensor> Outputs)
{
    private const string ReservedPrefix = "__saved_model_";

    /// <summary>The signatures that a caller may want, in ordinal order.</summary>
    public static ImmutableArray<string> NamesOf(MetaGraph metaGraph) =>
        [.. metaGraph.Definition.SignatureDef.Keys.Where(name => !name.StartsWith(ReservedPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <exception cref="InvalidModelException">There is no such signature (the message lists those there are), or it is broken.</exception>
    /// <exception cref="UnsupportedModelException">It has sparse or composite tensors, or types that the engine does not have.</exception>
    public static Signature Find(MetaGraph metaGraph, string name)
    {
        ArgumentNullException.ThrowIfNull(metaGraph);
        var path = metaGraph.File.Path;
        if (!metaGraph.Definition.SignatureDef.TryGetValue(name, out var definition))
        {
            var names = NamesOf(metaGraph);
            throw new InvalidModelException(
                path, "signatures", $"one named '{name}'", names.IsEmpty ? "none at all" : string.Join(", ", names.Select(found => $"'{found}'")));
        }

        if (definition.Outputs.Count == 0)
        {
            throw new InvalidModelException(path, $"signature '{name}'", "an output", "none");
        }

        return new Signature(
            name,
            definition.MethodName,
            ReadTensors(definition.Inputs, path, $"input of signature '{name}'"),
            ReadTensors(definition.Outputs, path, $"output of signature '{name}'"));
    }

    private static ImmutableArray<SavedModelTensor> ReadTensors(MapField<string, TensorInfo> tensors, string path, string place) =>
        [.. tensors.Keys.Order(StringComparer.Ordinal).Select(name => ReadTensor(name, tensors[name], path, $"{place}, '{name}'"))];

    private static SavedModelTensor ReadTensor(string name, TensorInfo info, string path, string place)
    {
        if (info.EncodingCase is TensorInfo.EncodingOneofCase.CooSparse or TensorInfo.EncodingOneofCase.CompositeTensor)
        {
            throw new UnsupportedModelException(path, [new UnsupportedNode("Signature", name, null, $"{place} is a {info.EncodingCase} tensor")]);
        }

        if (name.Length == 0 || info.Name.Length == 0)
        {
            throw new InvalidModelException(path, place, "a name and that of a tensor", "none");
        }

        var type = TensorFlowTypes.FromNumber(info.Dtype);
        var dataType = type.ToDataType()
            ?? throw new UnsupportedModelException(path, [new UnsupportedNode("Signature", name, "dtype", $"{place} has type {type}")]);
        return new SavedModelTensor(name, dataType, ShapeReading.ReadPartial(info.TensorShape, path, place), info.Name);
    }
}
