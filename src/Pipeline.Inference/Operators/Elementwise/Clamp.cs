using Pipeline.Inference.Execution;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Effectively computes <c>min(max(x, low), high)</c>; NaN in gives NaN out. Of integers, an infinite bound is no bound.</summary>
public sealed record Clamp(ValueRange Range) : SingleOutputOperator, INumericKernel
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        return inputs[0];
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        Clamping.Apply(inputs.Elements<T>(0), result.Elements<T>(), T.CreateSaturating(Range.Low), T.CreateSaturating(Range.High));
        return result;
    }
}
