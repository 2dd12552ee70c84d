using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Repeats dimensions of 1. Inputs: value, dimensions.</summary>
public sealed record BroadcastTo : SingleOutputOperator, IStridedMoves
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        if (inputs.KnownIntegers(1) is not { } dimensions)
        {
            var rank = inputs.KnownLength(1);
            return inputs[0] with { Shape = rank < 0 ? PartialShape.Unknown : PartialShape.OfRank(rank) };
        }

        var target = PartialShape.Of([.. dimensions.Select(inputs.Dimension)]);
        if (inputs[0].Shape.HasRank && inputs.Broadcast(inputs[0].Shape, target) != target)
        {
            throw inputs.Invalid($"{inputs[0]} cannot be broadcast to {target}.");
        }

        return inputs[0] with { Shape = target };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        StridedMove.Evaluate(this, inputs, [new TensorType(inputs[0].DataType, shape)], context)[0];

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var source = inputs[0].Shape.ToShape();
        var strides = new int[outputs[0].Rank];
        var own = StridedCopy.StridesOf(source);
        for (var d = 1; d <= own.Length; d++)
        {
            strides[^d] = source[^d] == 1 ? 0 : own[^d];
        }

        return [StridedMove.ToAll(0, strides, [.. outputs[0].Dimensions])];
    }
}
