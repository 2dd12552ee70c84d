namespace Pipeline.Models.SavedModel.Restoring;

/// <summary>What the graph restores a variable from.</summary>
/// <param name="Key">In the checkpoint.</param>
/// <param name="Slice">The tensor's full shape and the part of it, as the file writes them; empty for the whole.</param>
internal sealed record RestoredTensor(string Key, string Slice);
