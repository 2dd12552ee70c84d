using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A box out of a value. Inputs: value, begin, size (-1: up to the end).</summary>
public sealed record Slice : SingleOutputOperator, IStridedMoves
{
    public override InputRange InputRange => InputRange.Exactly(3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        var shape = inputs[0].Shape;
        var rank = inputs.Unify(inputs.KnownLength(1), inputs.KnownLength(2), "the length of begin and size");
        rank = inputs.Unify(rank, shape.HasRank ? shape.Rank : PartialShape.UnknownDimension, "the number of dimensions");
        var (begin, size) = (inputs.KnownIntegers(1), inputs.KnownIntegers(2));
        if (rank < 0 || size is null)
        {
            return new TensorType(inputs[0].DataType, rank < 0 ? PartialShape.Unknown : PartialShape.OfRank(rank));
        }

        shape = shape.OrRank(rank);
        var dimensions = new int[rank];
        for (var d = 0; d < rank; d++)
        {
            dimensions[d] = Size(inputs, begin?[d], size[d], shape[d], d);
        }

        return new TensorType(inputs[0].DataType, PartialShape.Of(dimensions));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        StridedMove.Evaluate(this, inputs, [new TensorType(inputs[0].DataType, shape)], context)[0];

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var strides = StridedCopy.StridesOf(inputs[0].Shape.ToShape());
        var offset = strides.Zip(inputs.KnownIntegers(1)!, (stride, begin) => stride * (int)begin).Sum();
        return [StridedMove.ToAll(offset, strides, [.. outputs[0].Dimensions])];
    }

    private static int Size(OperatorInputs inputs, long? begin, long size, int whole, int dimension)
    {
        if (begin < 0 || size < -1 || (whole >= 0 && (begin ?? 0) + Math.Max(size, 0) > whole))
        {
            throw inputs.Invalid($"{size} elements from {begin} on are not all inside dimension {dimension}, which has {whole}.");
        }

        if (size >= 0)
        {
            return inputs.Dimension(size);
        }

        return whole < 0 || begin is null ? PartialShape.UnknownDimension : (int)(whole - begin.Value);
    }
}
