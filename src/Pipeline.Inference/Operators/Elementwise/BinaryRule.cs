using System.Numerics;

namespace Pipeline.Inference.Operators;

/// <summary>A function of two elements, and where it pays the same on many at a time, with equal bits.</summary>
internal readonly record struct BinaryRule<T>(Func<T, T, T> Scalar, Func<Vector<T>, Vector<T>, Vector<T>>? Vector = null)
    where T : unmanaged
{
    /// <summary>Applies the rule along a row; a step of 0 means that one element stands for the whole row.</summary>
    public void Apply(ReadOnlySpan<T> first, int firstStep, ReadOnlySpan<T> second, int secondStep, Span<T> result)
    {
        var i = 0;
        if (Vector is not null)
        {
            for (; i <= result.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var a = firstStep == 0 ? new Vector<T>(first[0]) : new Vector<T>(first[i..]);
                var b = secondStep == 0 ? new Vector<T>(second[0]) : new Vector<T>(second[i..]);
                Vector(a, b).CopyTo(result[i..]);
            }
        }

        for (; i < result.Length; i++)
        {
            result[i] = Scalar(first[i * firstStep], second[i * secondStep]);
        }
    }
}
