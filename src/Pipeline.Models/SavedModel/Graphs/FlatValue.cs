namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>One output of a node of a <see cref="FlatGraph"/>.</summary>
/// <param name="Index">Counted over all outputs of the node.</param>
internal sealed record FlatValue(FlatNode Node, int Index);
