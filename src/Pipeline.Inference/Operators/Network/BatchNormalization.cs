using System.Numerics;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Effectively computes <c>(x − mean) · (scale / sqrt(variance + ε)) + offset</c> along the last dimension. Inputs: x NHWC, scale, offset,
/// mean, variance; the four are of x's type, or of Float32 where x is of a narrower one.
/// </summary>
public sealed record BatchNormalization(float Epsilon) : SingleOutputOperator, IFloatKernel
{
    public override InputRange InputRange => InputRange.Exactly(5);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireFloatingPoint(0);
        inputs.RequireMinimumRank(0, 2);
        var type = inputs[0].DataType;
        var shape = inputs[0].Shape;
        var channels = shape.HasRank ? shape[^1] : PartialShape.UnknownDimension;
        for (var i = 1; i < inputs.Count; i++)
        {
            inputs.RequireType(i, type is DataType.Float16 or DataType.BFloat16 ? DataType.Float32 : type);
            channels = inputs.Unify(channels, inputs.KnownLength(i), "the number of channels");
        }

        if (!shape.HasRank)
        {
            return inputs[0];
        }

        int[] dimensions = [.. shape.Dimensions];
        dimensions[^1] = channels;
        return new TensorType(type, PartialShape.Of(dimensions));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor IFloatKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        var mean = inputs.Elements<T>(3);
        var factor = Factor(inputs.Elements<T>(1), inputs.Elements<T>(4));
        var source = inputs.Elements<T>(0);
        var target = result.Elements<T>();
        for (var i = 0; i < target.Length; i += factor.Length)
        {
            Row(source.Slice(i, factor.Length), mean, factor, inputs.Elements<T>(2), target.Slice(i, factor.Length));
        }

        return result;
    }

    private T[] Factor<T>(ReadOnlySpan<T> scale, ReadOnlySpan<T> variance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var factor = new T[scale.Length];
        for (var i = 0; i < factor.Length; i++)
        {
            factor[i] = scale[i] * (T.One / T.Sqrt(variance[i] + T.CreateTruncating(Epsilon)));
        }

        return factor;
    }

    private static void Row<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> mean, ReadOnlySpan<T> factor, ReadOnlySpan<T> offset, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i <= target.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var centred = new Vector<T>(source[i..]) - new Vector<T>(mean[i..]);
            ((centred * new Vector<T>(factor[i..])) + new Vector<T>(offset[i..])).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = ((source[i] - mean[i]) * factor[i]) + offset[i];
        }
    }
}
