namespace Pipeline.Imaging.Resizing;

/// <summary>A filter of Pillow's: its value at a distance in pixels of the coarser grid, and how far it reaches.</summary>
/// <param name="Support">Half its width.</param>
internal sealed record PillowFilter(double Support, Func<double, double> Value)
{
    private static readonly PillowFilter Box = new(0.5, x => x is > -0.5 and <= 0.5 ? 1 : 0);
    private static readonly PillowFilter Bilinear = new(1, x => Math.Max(0, 1 - Math.Abs(x)));
    private static readonly PillowFilter Hamming = new(1, HammingAt);
    private static readonly PillowFilter Bicubic = new(2, BicubicAt);
    private static readonly PillowFilter Lanczos = new(3, x => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0);

    public static PillowFilter For(ResizeMethod method) => method switch
    {
        ResizeMethod.PillowBox => Box,
        ResizeMethod.PillowBilinear => Bilinear,
        ResizeMethod.PillowHamming => Hamming,
        ResizeMethod.PillowBicubic => Bicubic,
        ResizeMethod.PillowLanczos => Lanczos,
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not one of Pillow's filters."),
    };

    private static double HammingAt(double x)
    {
        x = Math.Abs(x);
        if (x == 0)
        {
            return 1;
        }

        if (x >= 1)
        {
            return 0;
        }

        x *= Math.PI;
        return Math.Sin(x) / x * (0.54 + (0.46 * Math.Cos(x)));
    }

    /// <summary>Keys' cubic with a = -0.5.</summary>
    private static double BicubicAt(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        return x switch
        {
            < 1 => ((((A + 2) * x) - (A + 3)) * x * x) + 1,
            < 2 => ((((x - 5) * x) + 8) * x - 4) * A,
            _ => 0,
        };
    }

    private static double Sinc(double x)
    {
        if (x == 0)
        {
            return 1;
        }

        x *= Math.PI;
        return Math.Sin(x) / x;
    }
}
