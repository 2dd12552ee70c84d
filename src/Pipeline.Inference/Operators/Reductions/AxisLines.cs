using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The lines of a value along one axis: where each begins, and how far its neighbours are apart.</summary>
internal readonly struct AxisLines
{
    public AxisLines(Shape shape, int axis)
    {
        Length = shape[axis];
        Step = shape.ElementCount == 0 ? 0 : shape.CountOf(axis + 1, shape.Rank);
        Count = shape.ElementCount == 0 ? 0 : shape.ElementCount / Length;
    }

    /// <summary>How many lines there are; none in a value without elements.</summary>
    public int Count { get; }

    /// <summary>Elements in each line.</summary>
    public int Length { get; }

    /// <summary>From one element of a line to the next.</summary>
    public int Step { get; }

    /// <summary>Where line <paramref name="line"/> begins.</summary>
    public int Begin(int line) => (line / Step * Step * Length) + (line % Step);
}
