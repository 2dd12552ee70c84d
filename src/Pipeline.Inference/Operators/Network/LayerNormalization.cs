using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Effectively computes <c>(x − mean) / sqrt(variance + ε) · scale + offset</c> with mean and variance over the last dimension. Inputs: x, scale and offset, each of as
/// many elements as the last dimension has.
/// </summary>
public sealed record LayerNormalization(float Epsilon) : SingleOutputOperator, IFloatKernel
{
    public override InputRange InputRange => InputRange.Exactly(3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireFloatingPoint(0);
        inputs.RequireMinimumRank(0, 1);
        inputs.RequireSameType(1);
        inputs.RequireSameType(2);
        var shape = inputs[0].Shape;
        var channels = inputs.Unify(inputs.KnownLength(1), inputs.KnownLength(2), "the number of channels");
        if (!shape.HasRank)
        {
            return inputs[0];
        }

        int[] dimensions = [.. shape.Dimensions];
        dimensions[^1] = inputs.Unify(dimensions[^1], channels, "the number of channels");
        return inputs[0] with { Shape = PartialShape.Of(dimensions) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor IFloatKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        var x = inputs.Elements<T>(0);
        var y = result.Elements<T>();
        var scale = inputs.Elements<T>(1);
        var offset = inputs.Elements<T>(2);
        for (var row = 0; row < x.Length; row += scale.Length)
        {
            double sum = 0;
            foreach (var element in x.Slice(row, scale.Length))
            {
                sum += double.CreateTruncating(element);
            }

            var mean = sum / scale.Length;
            double squares = 0;
            foreach (var element in x.Slice(row, scale.Length))
            {
                squares += Math.Pow(double.CreateTruncating(element) - mean, 2);
            }

            var factor = 1 / Math.Sqrt((squares / scale.Length) + Epsilon);
            for (var channel = 0; channel < scale.Length; channel++)
            {
                var normal = (double.CreateTruncating(x[row + channel]) - mean) * factor;
                y[row + channel] = T.CreateTruncating((normal * double.CreateTruncating(scale[channel])) + double.CreateTruncating(offset[channel]));
            }
        }

        return result;
    }
}
