using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A box of elements that goes from an input to an output, each side with its own offset and steps.</summary>
/// <param name="Dimensions">The size of the box.</param>
/// <param name="SourceStrides">Elements between neighbours along each dimension; 0 repeats, negative walks backwards.</param>
internal readonly record struct StridedMove(
    int Input, int SourceOffset, int[] SourceStrides, int Output, int TargetOffset, int[] TargetStrides, int[] Dimensions)
{
    /// <summary>A box that fills the only output in C order.</summary>
    public static StridedMove ToAll(int sourceOffset, int[] sourceStrides, int[] dimensions) =>
        new(0, sourceOffset, sourceStrides, 0, 0, StridedCopy.StridesOf(Shape.Of(dimensions)), dimensions);

    /// <summary>The outputs of an operator that only moves elements.</summary>
    public static RuntimeValue[] Evaluate(IStridedMoves @operator, OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context)
    {
        Shape[] shapes = [.. types.Select(type => type.Shape.ToShape())];
        RuntimeValue[] results = [.. types.Zip(shapes, (type, shape) => context.AllocateMovable(type.DataType, shape))];
        foreach (var move in @operator.Moves(inputs, shapes))
        {
            StridedCopy.Run(
                inputs.Value(move.Input), move.SourceOffset, move.SourceStrides, results[move.Output], move.TargetOffset, move.TargetStrides, move.Dimensions);
        }

        return results;
    }
}
