using System.Collections.Immutable;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Measuring;

/// <summary>What one node costs in one run.</summary>
/// <param name="Name">The node's name in the model.</param>
/// <param name="Operator">The engine's operator.</param>
/// <param name="Attributes">The operator's attributes, for people.</param>
/// <param name="Inputs">Types of the inputs, as far as they are known before a run.</param>
/// <param name="Outputs">Types of the outputs, likewise.</param>
/// <param name="MultiplyAdds">Products that are added up; 0 for operators that only move or map elements; null where a shape is not known, or the count does not fit.</param>
public sealed record NodeCost(
    string Name, string Operator, string Attributes, ImmutableArray<TensorType> Inputs, ImmutableArray<TensorType> Outputs, long? MultiplyAdds);
