using System.Globalization;

namespace Pipeline.Models.Package;

/// <summary>A model gave NaN or an infinity as a score: no label can be read from it. The same picture gives the same again.</summary>
public sealed class NonFiniteScoresException : Exception
{
    /// <param name="index">The first such class.</param>
    public NonFiniteScoresException(string output, int index, double score)
        : base(string.Create(CultureInfo.InvariantCulture, $"Output '{output}': the score of class {index} is {score}, which is no finite number."))
    {
        Output = output;
        Index = index;
        Score = score;
    }

    public string Output { get; }

    public int Index { get; }

    public double Score { get; }
}
