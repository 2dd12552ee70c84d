using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Repeats dimensions of 1. Inputs: value, dimensions.</summary>
public sealed record BroadcastTo : SingleOutputOperator
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

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var source = inputs.Value(0);
        var strides = new int[shape.Rank];
        var own = StridedCopy.StridesOf(source.Shape);
        for (var d = 1; d <= own.Length; d++)
        {
            strides[^d] = source.Shape[^d] == 1 ? 0 : own[^d];
        }

        var result = context.AllocateMovable(source.DataType, shape);
        StridedCopy.Run(source, 0, strides, result, 0, StridedCopy.StridesOf(shape), shape.Dimensions);
        return result;
    }
}
