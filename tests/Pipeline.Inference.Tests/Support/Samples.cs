using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Values by seed, the same on every machine.</summary>
internal static class Samples
{
    /// <summary>Uniform numbers from -1 to 1.</summary>
    public static Tensor Floats(int seed, params int[] dimensions)
    {
        var shape = Shape.Of(dimensions);
        var random = new Random(seed);
        return Tensor.From<float>(shape, [.. Enumerable.Range(0, shape.ElementCount).Select(_ => (random.NextSingle() * 2) - 1)]);
    }

    /// <summary>0, 1, 2, …</summary>
    public static Tensor Counting(params int[] dimensions)
    {
        var shape = Shape.Of(dimensions);
        return Tensor.From<int>(shape, [.. Enumerable.Range(0, shape.ElementCount)]);
    }
}
