using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Effectively computes <c>x &gt; 0 ? x : alpha · x</c>.</summary>
public sealed record LeakyRelu(float Alpha) : SingleOutputOperator, IFloatKernel
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireFloatingPoint(0);
        return inputs[0];
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor IFloatKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var alpha = T.CreateTruncating(Alpha);
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        var source = inputs.Elements<T>(0);
        var target = result.Elements<T>();
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = source[i] > T.Zero ? source[i] : alpha * source[i];
        }

        return result;
    }
}
