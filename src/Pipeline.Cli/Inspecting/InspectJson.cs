using System.Collections.Immutable;
using Pipeline.Cli.ModelFiles;
using Pipeline.Inference.Measuring;
using Pipeline.Models;
using Pipeline.Models.SavedModel;

namespace Pipeline.Cli.Inspecting;

/// <summary>Prints a model for scripts.</summary>
internal static class InspectJson
{
    public static void Write(string folder, OpenedModel opened, GraphCosts costs, Feeding feeding, bool graph) => JsonOutput.Write(new
    {
        Model = folder,
        opened.Model.TensorFlowVersion,
        opened.Model.Tags,
        Signature = opened.Model.SignatureName,
        Signatures = opened.Model.SignatureNames,
        Inputs = opened.Model.Inputs.Select(Describe),
        Outputs = opened.Model.Outputs.Select(Describe),
        Shapes = opened.Model.Graph.Inputs.Zip(opened.Shapes).ToDictionary(pair => pair.First.Name, pair => Figures.Dimensions(pair.Second)),
        costs.Parameters,
        costs.MultiplyAdds,
        costs.ConstantBytes,
        costs.PeakValueBytes,
        NodesRead = opened.Model.Graph.Nodes.Count,
        Operators = OperatorCount.Of(costs),
        Nodes = graph ? costs.Nodes.Select(Describe) : null,
        PlannedNodes = graph ? costs.PlannedNodes?.Select(Describe) : null,
        Unsupported = ImmutableArray<UnsupportedNode>.Empty,
        Manifest = Describe(feeding),
    });

    public static void WriteUnsupported(UnsupportedModelException error) => JsonOutput.Write(new { Model = error.Path, Unsupported = error.Nodes });

    private static object Describe(SavedModelTensor tensor) => new
    {
        tensor.Name,
        Type = tensor.DataType.ToString(),
        Shape = Figures.Dimensions(tensor.Shape),
        Tensor = tensor.TensorName,
    };

    private static object Describe(Feeding feeding) => new
    {
        feeding.HasManifest,
        feeding.Problem,
        Inferred = feeding.Inferred is { } inferred ? InferredJson.Describe(inferred) : null,
    };

    private static object Describe(NodeCost node) => new
    {
        node.Name,
        node.Operator,
        node.Attributes,
        Inputs = node.Inputs.Select(type => type.ToString()),
        Outputs = node.Outputs.Select(type => type.ToString()),
        node.MultiplyAdds,
    };
}
