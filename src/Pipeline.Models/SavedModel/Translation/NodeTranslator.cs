using Pipeline.Inference.Graphs;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>Puts one TensorFlow operator into the engine's operators.</summary>
/// <returns>The values of the node's outputs, in order; outputs that are never wanted in a serving graph may be left out at the end.</returns>
/// <exception cref="InvalidModelException">Attributes or inputs are none that the operator allows.</exception>
/// <exception cref="UnsupportedModelException">They are legal and not implemented.</exception>
internal delegate IReadOnlyList<Value> NodeTranslator(NodeTranslation node);
