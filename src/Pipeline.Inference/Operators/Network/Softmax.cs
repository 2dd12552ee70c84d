using Pipeline.Inference.Execution;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Effectively computes <c>exp(x − max) / Σ exp(x − max)</c> over the last dimension. NaN in a row makes the row NaN.</summary>
public sealed record Softmax : SingleOutputOperator, IFloatKernel
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireFloatingPoint(0);
        inputs.RequireMinimumRank(0, 1);
        return inputs[0];
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor IFloatKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        SoftmaxRows.Softmax(inputs.Elements<T>(0), result.Elements<T>(), shape[^1]);
        return result;
    }
}
