using Pipeline.Inference.Execution;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Adds a vector along the last dimension. Inputs: value of rank 2 or more, bias.</summary>
public sealed record BiasAdd : SingleOutputOperator, INumericKernel
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        inputs.RequireSameType(1);
        inputs.RequireMinimumRank(0, 2);
        inputs.RequireRank(1, 1);
        var shape = inputs[0].Shape;
        if (!shape.HasRank || !inputs[1].Shape.HasRank)
        {
            return inputs[0];
        }

        int[] dimensions = [.. shape.Dimensions];
        dimensions[^1] = inputs.Unify(dimensions[^1], inputs[1].Shape[0], "the number of channels");
        return new TensorType(inputs[0].DataType, PartialShape.Of(dimensions));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        inputs.Elements<T>(0).CopyTo(result.Elements<T>());
        ChannelwiseEpilogue.Apply(result.Elements<T>(), inputs.Elements<T>(1), ValueRange.Unbounded);
        return result;
    }
}
