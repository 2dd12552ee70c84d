using System.Numerics;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Kernels;

/// <summary>What follows a sum of products in place: a bias along the last dimension, then a clamp.</summary>
internal static class ChannelwiseEpilogue
{
    /// <param name="bias">One element a channel, or empty.</param>
    public static void Apply<T>(Span<T> elements, ReadOnlySpan<T> bias, ValueRange activation)
        where T : unmanaged, INumber<T>
    {
        if (!bias.IsEmpty)
        {
            var add = BinaryRules.For<T>(BinaryFunction.Add);
            for (var i = 0; i < elements.Length; i += bias.Length)
            {
                var row = elements.Slice(i, bias.Length);
                add.Apply(row, 1, bias, 1, row);
            }
        }

        if (activation != ValueRange.Unbounded)
        {
            Clamping.Apply(elements, elements, T.CreateSaturating(activation.Low), T.CreateSaturating(activation.High));
        }
    }
}
