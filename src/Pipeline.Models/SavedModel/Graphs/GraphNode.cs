using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>A node as it stands in a file.</summary>
/// <param name="DataInputs">References to values, as written.</param>
/// <param name="ControlInputs">Names of nodes that must have run, without the leading <c>^</c>.</param>
/// <param name="Attributes">Only those that the file holds: a missing one has its operator's default.</param>
/// <param name="ValueContent">Where the raw content of attribute <c>value</c> lies, if it was left in the file for its size.</param>
internal sealed record GraphNode(
    string Name,
    string Op,
    IReadOnlyList<string> DataInputs,
    IReadOnlyList<string> ControlInputs,
    IReadOnlyDictionary<string, AttrValue> Attributes,
    ByteRange? ValueContent);
