using System.Collections.Immutable;
using System.Globalization;

namespace Pipeline.Models.Package.Inferring;

/// <summary>Effectively computes scale · x + offset for each channel.</summary>
/// <param name="Scale">One value a channel.</param>
/// <param name="Offset">One value a channel.</param>
internal sealed record ChannelAffine(ImmutableArray<double> Scale, ImmutableArray<double> Offset)
{
    /// <summary>The widest span of normalised pixels. Values of 0 to 1 have a deviation of at most 0.5, so what normalises those makes 510 and more of 255.</summary>
    private const double WidestNormalized = 100;

    /// <summary>The narrowest span of values that a net is taken to be trained on.</summary>
    private const double NarrowestNormalized = 0.1;

    /// <summary>Between these lie the means that are taken off pixels of 0 to 255 without dividing them.</summary>
    private const double LeastPixelMean = 32;

    private const double LargestPixelMean = 224;

    public static ChannelAffine Identity(int channels) => new([.. Enumerable.Repeat(1.0, channels)], [.. Enumerable.Repeat(0.0, channels)]);

    /// <summary>This, then multiplied.</summary>
    public ChannelAffine Times(ReadOnlySpan<double> factors)
    {
        var (scale, offset) = (Scale.ToArray(), Offset.ToArray());
        for (var channel = 0; channel < scale.Length; channel++)
        {
            scale[channel] *= factors[channel];
            offset[channel] *= factors[channel];
        }

        return new ChannelAffine([.. scale], [.. offset]);
    }

    /// <summary>This, then added to.</summary>
    public ChannelAffine Plus(ReadOnlySpan<double> terms)
    {
        var offset = Offset.ToArray();
        for (var channel = 0; channel < offset.Length; channel++)
        {
            offset[channel] += terms[channel];
        }

        return this with { Offset = [.. offset] };
    }

    /// <summary>
    /// Whether inputs from 0 to <paramref name="top"/> come out as values that nets are trained on: a span of a few units, which holds or
    /// touches 0; or, of pixels, with their mean taken off only.
    /// </summary>
    public bool Normalizes(double top)
    {
        for (var channel = 0; channel < Scale.Length; channel++)
        {
            var span = Math.Abs(Scale[channel]) * top;
            var zero = -Offset[channel] / Scale[channel];
            var isUnits = span is >= NarrowestNormalized and <= WidestNormalized && zero >= -top / 2 && zero <= top * 1.5;
            var isMeanTakenOff = top > 1 && Math.Abs(Scale[channel]) == 1 && zero is >= LeastPixelMean and <= LargestPixelMean;
            if (!isUnits && !isMeanTakenOff)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>For example <c>x · 0.00784 - 1</c>; one a channel where they differ.</summary>
    public override string ToString()
    {
        var texts = Scale.Zip(Offset, (scale, offset) => string.Create(
            CultureInfo.InvariantCulture, $"x · {scale:G4}{(offset < 0 ? " - " : " + ")}{Math.Abs(offset):G4}")).Distinct().ToList();
        return string.Join(", ", texts);
    }
}
