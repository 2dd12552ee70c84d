using Pipeline.Inference.Tensors;

namespace Pipeline.Cli.Benching;

/// <summary>Values to run a model on: of any kind that lets it work as hard as on a picture, without zeros that a kernel could like.</summary>
internal static class BenchInput
{
    private const int Period = 251;
    private const float HalfPeriod = Period / 2f;

    /// <summary>Numbers from -1 to 1, bytes of all sizes, and zeros of every other type: those choose something rather than being computed with.</summary>
    /// <exception cref="ArgumentException">Values of this type are no numbers.</exception>
    public static Tensor Create(DataType type, Shape shape)
    {
        var tensor = Tensor.Zeros(type, shape);
        switch (type)
        {
            case DataType.Float32:
                Fill(tensor.Elements<float>(), Wave);
                break;
            case DataType.Float64:
                Fill(tensor.Elements<double>(), index => Wave(index));
                break;
            case DataType.Float16:
                Fill(tensor.Elements<Half>(), index => (Half)Wave(index));
                break;
            case DataType.UInt8:
                Fill(tensor.Elements<byte>(), index => (byte)(index % Period));
                break;
        }

        return tensor;
    }

    private static float Wave(int index) => ((index % Period) - HalfPeriod) / HalfPeriod;

    private static void Fill<T>(Span<T> elements, Func<int, T> value)
    {
        for (var index = 0; index < elements.Length; index++)
        {
            elements[index] = value(index);
        }
    }
}
