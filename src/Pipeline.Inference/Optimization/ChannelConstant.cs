using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>Reads constants that give one number to each channel.</summary>
internal static class ChannelConstant
{
    /// <summary>
    /// The numbers of a float32 constant that, broadcast over a value with <paramref name="channels"/> in its last dimension of <paramref name="rank"/>, depends on the channel only.
    /// </summary>
    /// <returns>Null where it is no such constant.</returns>
    public static float[]? Read(Value value, int channels, int rank)
    {
        if (value is not { DataType: DataType.Float32, Constant: { } constant } || constant.Shape.Rank > rank)
        {
            return null;
        }

        var dimensions = constant.Shape.Dimensions;
        var last = dimensions.Length == 0 ? 1 : dimensions[^1];
        if (constant.Shape.ElementCount != last || (last != 1 && last != channels))
        {
            return null;
        }

        var elements = ((Tensor)constant.Load()).Elements<float>();
        var numbers = new float[channels];
        if (last == 1)
        {
            Array.Fill(numbers, elements[0]);
        }
        else
        {
            elements.CopyTo(numbers);
        }

        return numbers;
    }

    /// <summary>
    /// The numbers of a float32 constant that, broadcast over a value of <paramref name="rank"/> whose last dimensions are <paramref name="channels"/>, depends on these only.
    /// </summary>
    /// <returns>One for each place of the last dimensions; null where it is no such constant.</returns>
    public static float[]? Read(Value value, int[] channels, int rank)
    {
        if (channels.Length == 1)
        {
            return Read(value, channels[0], rank);
        }

        if (value is not { DataType: DataType.Float32, Constant: { } constant } || constant.Shape.Rank > rank)
        {
            return null;
        }

        var dimensions = constant.Shape.Dimensions.ToArray();
        int[] own = [.. Enumerable.Repeat(1, Math.Max(0, channels.Length - dimensions.Length)), .. dimensions];
        var outer = own.Length - channels.Length;
        if (own.Take(outer).Any(size => size != 1) || own.Skip(outer).Zip(channels).Any(pair => pair.First != 1 && pair.First != pair.Second))
        {
            return null;
        }

        var elements = ((Tensor)constant.Load()).Elements<float>();
        var walk = new BroadcastWalk(Shape.Of(channels), Shape.Of(own.AsSpan(outer)));
        var numbers = new float[Shape.Of(channels).ElementCount];
        while (walk.MoveNext())
        {
            for (var index = 0; index < walk.RowLength; index++)
            {
                numbers[walk.Position + index] = elements[walk.Offset(0) + (index * walk.Step(0))];
            }
        }

        return numbers;
    }

    /// <summary>A vector as a constant of the graph.</summary>
    public static Value Make(string name, ReadOnlySpan<float> numbers) => GraphBuilder.Constant(name, Tensor.Vector(numbers));
}
