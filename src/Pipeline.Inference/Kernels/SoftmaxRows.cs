using System.Numerics;

namespace Pipeline.Inference.Kernels;

/// <summary>Softmax and its logarithm over rows, element after element.</summary>
internal static class SoftmaxRows
{
    /// <summary>Effectively computes <c>exp(x − max) / Σ exp(x − max)</c> over each row of <paramref name="length"/> elements.</summary>
    public static void Softmax<T>(ReadOnlySpan<T> source, Span<T> target, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var row = 0; row < target.Length; row += length)
        {
            var x = source.Slice(row, length);
            var y = target.Slice(row, length);
            var maximum = Maximum(x);
            var sum = T.Zero;
            for (var i = 0; i < x.Length; i++)
            {
                y[i] = T.Exp(x[i] - maximum);
                sum += y[i];
            }

            for (var i = 0; i < x.Length; i++)
            {
                y[i] /= sum;
            }
        }
    }

    /// <summary>Effectively computes <c>x − max − log Σ exp(x − max)</c> over each row of <paramref name="length"/> elements.</summary>
    public static void LogSoftmax<T>(ReadOnlySpan<T> source, Span<T> target, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var row = 0; row < target.Length; row += length)
        {
            var x = source.Slice(row, length);
            var maximum = Maximum(x);
            var sum = T.Zero;
            foreach (var element in x)
            {
                sum += T.Exp(element - maximum);
            }

            var logarithm = T.Log(sum);
            for (var i = 0; i < x.Length; i++)
            {
                target[row + i] = x[i] - maximum - logarithm;
            }
        }
    }

    private static T Maximum<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var maximum = T.NegativeInfinity;
        foreach (var element in row)
        {
            maximum = T.Max(maximum, element);
        }

        return maximum;
    }
}
