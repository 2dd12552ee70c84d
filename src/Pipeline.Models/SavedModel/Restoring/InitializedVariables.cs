using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Restoring;

/// <summary>Finds the variables that the model's initialisation operator assigns, which TensorFlow runs after restoring. Here it is read, not run.</summary>
internal static class InitializedVariables
{
    private const string InitializationSignature = "__saved_model_init_op";
    private static readonly string[] InitializationCollections = ["saved_model_main_op", "legacy_init_op"];

    /// <returns>By key (see <see cref="VariableKey"/>), the nodes that assign the variable.</returns>
    /// <exception cref="InvalidModelException">The operator, or what it leads to, is not there.</exception>
    public static ILookup<string, FlatNode> Of(MetaGraphDef metaGraph, GraphLibrary library, FlatteningLimits limits)
    {
        ArgumentNullException.ThrowIfNull(metaGraph);
        var nodes = FindOperator(metaGraph) is { } name ? GraphFlattener.FlattenTarget(library, name, limits).Nodes : [];
        return AssignedVariables.AssignmentsIn(nodes).ToLookup(assignment => assignment.Variable, assignment => assignment.Node, StringComparer.Ordinal);
    }

    private static string? FindOperator(MetaGraphDef metaGraph)
    {
        if (metaGraph.SignatureDef.TryGetValue(InitializationSignature, out var signature))
        {
            return signature.Outputs.TryGetValue(InitializationSignature, out var output) ? NodeName(output.Name) : null;
        }

        var collections = InitializationCollections.Select(name => metaGraph.CollectionDef.TryGetValue(name, out var collection) ? collection.NodeList : null);
        return collections.FirstOrDefault(nodes => nodes is { Value.Count: > 0 }) is { } nodes ? NodeName(nodes.Value[0]) : null;
    }

    private static string NodeName(string reference) => GraphReference.TryParse(reference)?.Name ?? reference;
}
