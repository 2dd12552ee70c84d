using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Effectively computes <c>x / (bias + alpha · Σ x²)^beta</c>, the sum over the channels at most the radius away. Input: picture NHWC.
/// </summary>
public sealed record LocalResponseNormalization(int DepthRadius, float Bias, float Alpha, float Beta) : SingleOutputOperator, IFloatKernel
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireFloatingPoint(0);
        inputs.RequireRank(0, 4);
        return DepthRadius < 0 ? throw inputs.Invalid($"the radius is {DepthRadius}, it must be 0 or more.") : inputs[0];
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor IFloatKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        var source = inputs.Elements<T>(0);
        var target = result.Elements<T>();
        var (bias, alpha, beta) = (T.CreateTruncating(Bias), T.CreateTruncating(Alpha), T.CreateTruncating(-Beta));
        var depth = shape[3];
        for (var i = 0; i < target.Length; i++)
        {
            var pixel = i - (i % depth);
            var sum = T.Zero;
            for (var c = (int)Math.Max((long)i - DepthRadius, pixel); c <= Math.Min((long)i + DepthRadius, pixel + depth - 1); c++)
            {
                sum += source[c] * source[c];
            }

            target[i] = source[i] * T.Pow(bias + (alpha * sum), beta);
        }

        return result;
    }
}
