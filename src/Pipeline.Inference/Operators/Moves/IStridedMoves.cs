using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>An operator that only moves elements, box by box: each element of its outputs is in one box.</summary>
internal interface IStridedMoves
{
    /// <param name="inputs">Their shapes are all known, and so are the values of those that say how to move.</param>
    /// <param name="outputs">The shapes of the outputs.</param>
    IEnumerable<StridedMove> Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs);
}
