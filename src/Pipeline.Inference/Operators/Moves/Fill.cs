using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>One element everywhere. Inputs: dimensions, element (a scalar).</summary>
public sealed record Fill : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(1);
        inputs.RequireRank(1, 0);
        var rank = inputs.KnownLength(0);
        var shape = inputs.KnownIntegers(0) is { } dimensions ? PartialShape.Of([.. dimensions.Select(inputs.Dimension)])
            : rank < 0 ? PartialShape.Unknown
            : PartialShape.OfRank(rank);
        return inputs[1] with { Shape = shape };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.AllocateMovable(inputs[1].DataType, shape);
        StridedCopy.Run(inputs.Value(1), 0, new int[shape.Rank], result, 0, StridedCopy.StridesOf(shape), shape.Dimensions);
        return result;
    }
}
