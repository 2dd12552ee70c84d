using System.Numerics;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Package;

/// <summary>Reads an output tensor as one score a class: [1, N], [N] or [1, 1, 1, N] of floating-point numbers.</summary>
internal static class ScoreReader
{
    /// <summary>The end of "allowed: …".</summary>
    public const string Works = "scores as [1, N], [N] or [1, 1, 1, N] of Float32, Float64 or Float16";

    /// <summary>Whether an output can be read, as far as its type and shape are known.</summary>
    public static bool IsScores(DataType dataType, PartialShape shape) =>
        dataType is DataType.Float32 or DataType.Float64 or DataType.Float16
        && (!shape.HasRank || (shape.Rank is 1 or 2 or 4 && shape[^1] != 0 && AreOnes(shape.Dimensions[..^1])));

    /// <summary>The number of classes, or null where it is not known.</summary>
    public static int? Classes(PartialShape shape) => shape.HasRank && shape[^1] != PartialShape.UnknownDimension ? shape[^1] : null;

    /// <summary>The scores, widened.</summary>
    /// <param name="output">One that <see cref="IsScores"/>.</param>
    public static double[] Read(Tensor output) => output.DataType switch
    {
        DataType.Float32 => Widen<float>(output),
        DataType.Float64 => Widen<double>(output),
        _ => Widen<Half>(output),
    };

    private static double[] Widen<T>(Tensor output)
        where T : unmanaged, INumber<T>
    {
        var elements = output.Elements<T>();
        var scores = new double[elements.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = double.CreateChecked(elements[i]);
        }

        return scores;
    }

    private static bool AreOnes(ReadOnlySpan<int> dimensions)
    {
        foreach (var dimension in dimensions)
        {
            if (dimension is not (1 or PartialShape.UnknownDimension))
            {
                return false;
            }
        }

        return true;
    }
}
