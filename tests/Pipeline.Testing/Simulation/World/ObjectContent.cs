using System.Globalization;

namespace Pipeline.Testing.Simulation.World;

/// <summary>What a simulated upload contains: bytes that say how a model fares with them.</summary>
/// <param name="Label">What a model sees in it: different for every upload.</param>
public sealed record ObjectContent(ContentKind Kind, string Label)
{
    public bool CanSucceed => Kind is ContentKind.Good or ContentKind.Slow or ContentKind.Flaky or ContentKind.Unconfigured;

    /// <exception cref="FormatException">Not what <see cref="ToString"/> writes.</exception>
    public static ObjectContent Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(' ') is [var kind, var label]
            ? new ObjectContent(Enum.Parse<ContentKind>(kind), label)
            : throw new FormatException($"'{text}' is not a kind and a label.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Label}");
}
