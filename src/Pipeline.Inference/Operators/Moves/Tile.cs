using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Repeats a value along each dimension. Inputs: value, multiples.</summary>
public sealed record Tile : SingleOutputOperator, IStridedMoves
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

        var multiples = inputs.KnownIntegers(1);
        var dimensions = new int[rank];
        for (var d = 0; d < rank; d++)
        {
            dimensions[d] = multiples is null || shape.OrRank(rank)[d] < 0
                ? PartialShape.UnknownDimension
                : inputs.Dimension(checked(inputs.Dimension(multiples[d]) * (long)shape[d]));
        }

        return inputs[0] with { Shape = PartialShape.Of(dimensions) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        StridedMove.Evaluate(this, inputs, [new TensorType(inputs[0].DataType, shape)], context)[0];

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var (source, shape) = (inputs[0].Shape.ToShape(), outputs[0]);
        var from = StridedCopy.StridesOf(source);
        var to = StridedCopy.StridesOf(shape);
        var box = new int[2 * shape.Rank];
        var fromSteps = new int[box.Length];
        var toSteps = new int[box.Length];
        for (var d = 0; d < shape.Rank && shape.ElementCount > 0; d++)
        {
            box[2 * d] = shape[d] / source[d];
            toSteps[2 * d] = to[d] * source[d];
            box[(2 * d) + 1] = source[d];
            fromSteps[(2 * d) + 1] = from[d];
            toSteps[(2 * d) + 1] = to[d];
        }

        return [new StridedMove(0, 0, fromSteps, 0, 0, toSteps, box)];
    }
}
