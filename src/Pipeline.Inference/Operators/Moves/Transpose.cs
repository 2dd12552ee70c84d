using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Reorders dimensions: dimension i of the result is dimension permutation[i] of the value. Inputs: value, permutation.</summary>
public sealed record Transpose : SingleOutputOperator, IStridedMoves
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        var shape = inputs[0].Shape;
        var rank = inputs.Unify(inputs.KnownLength(1), shape.HasRank ? shape.Rank : PartialShape.UnknownDimension, "the number of dimensions");
        if (rank < 0)
        {
            return inputs[0] with { Shape = PartialShape.Unknown };
        }

        if (inputs.KnownIntegers(1) is null)
        {
            return inputs[0] with { Shape = PartialShape.OfRank(rank) };
        }

        var from = shape.OrRank(rank);
        return inputs[0] with { Shape = PartialShape.Of([.. Permutation(inputs, rank).Select(p => from[p])]) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        StridedMove.Evaluate(this, inputs, [new TensorType(inputs[0].DataType, shape)], context)[0];

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var strides = StridedCopy.StridesOf(inputs[0].Shape.ToShape());
        return [StridedMove.ToAll(0, [.. Permutation(inputs, strides.Length).Select(p => strides[p])], [.. outputs[0].Dimensions])];
    }

    private static int[] Permutation(OperatorInputs inputs, int rank)
    {
        int[] permutation = [.. inputs.KnownIntegers(1)!.Select(p => inputs.NormalizeAxis(p, rank))];
        return permutation.Distinct().Count() == permutation.Length
            ? permutation
            : throw inputs.Invalid($"[{string.Join(", ", permutation)}] is not a permutation.");
    }
}
