using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Resamples pictures NHWC by weighted means of the four neighbours, into Float32. Inputs: pictures, size (height, width).
/// </summary>
public sealed record ResizeBilinear(SamplingGrid Grid) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        return new TensorType(DataType.Float32, ResizeRule.Infer(inputs));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var pictures = Conversion.To(DataType.Float32, inputs.Tensor(0), context);
        if (pictures.Shape == shape)
        {
            return pictures;
        }

        var result = context.Allocate(DataType.Float32, shape);
        var rows = LinearTap.Of(Grid, pictures.Shape[1], shape[1]);
        var columns = LinearTap.Of(Grid, pictures.Shape[2], shape[2]);
        var rowLength = pictures.Shape[2] * shape[3];
        for (var y = 0; y < shape[0] * shape[1]; y++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var (picture, row) = Math.DivRem(y, shape[1]);
            var first = picture * pictures.Shape[1];
            Row(
                pictures.Elements<float>().Slice((first + rows[row].Lower) * rowLength, rowLength),
                pictures.Elements<float>().Slice((first + rows[row].Upper) * rowLength, rowLength),
                rows[row].Fraction,
                columns,
                result.Elements<float>().Slice(y * shape[2] * shape[3], shape[2] * shape[3]));
        }

        return result;
    }

    private static void Row(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float down, LinearTap[] columns, Span<float> target)
    {
        var channels = target.Length / columns.Length;
        for (var i = 0; i < target.Length; i++)
        {
            var (column, channel) = Math.DivRem(i, channels);
            var tap = columns[column];
            var (left, right) = ((tap.Lower * channels) + channel, (tap.Upper * channels) + channel);
            var top = upper[left] + ((upper[right] - upper[left]) * tap.Fraction);
            var bottom = lower[left] + ((lower[right] - lower[left]) * tap.Fraction);
            target[i] = top + ((bottom - top) * down);
        }
    }
}
