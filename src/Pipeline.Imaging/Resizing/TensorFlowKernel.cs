namespace Pipeline.Imaging.Resizing;

/// <summary>A kernel of ScaleAndTranslate: its value at a distance of 0 or more, and how far it reaches.</summary>
internal sealed record TensorFlowKernel(float Radius, Func<float, float> Value)
{
    public static TensorFlowKernel Triangle { get; } = new(1, x => x < 1 ? 1 - x : 0);

    public static TensorFlowKernel Lanczos3 { get; } = new(3, x => LanczosAt(x, 3));

    public static TensorFlowKernel Lanczos5 { get; } = new(5, x => LanczosAt(x, 5));

    /// <summary>A deviation of half a pixel, cut at three of them.</summary>
    public static TensorFlowKernel Gaussian { get; } = new(1.5f, x => x >= 1.5f ? 0 : MathF.Exp(-x * x / (2 * 0.5f * 0.5f)));

    /// <summary>Keys' cubic with a = -0.5.</summary>
    public static TensorFlowKernel Cubic { get; } = new(2, CubicAt);

    /// <summary>Mitchell and Netravali's cubic with both parameters 1/3.</summary>
    public static TensorFlowKernel Mitchell { get; } = new(2, MitchellAt);

    private static float LanczosAt(float x, float radius)
    {
        if (x > radius)
        {
            return 0;
        }

        return x <= 1e-3f ? 1 : (float)(radius * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / radius) / (Math.PI * Math.PI * x * x));
    }

    private static float CubicAt(float x) => x switch
    {
        < 1 => ((((1.5f * x) - 2.5f) * x) * x) + 1,
        < 2 => (((((-0.5f * x) + 2.5f) * x) - 4) * x) + 2,
        _ => 0,
    };

    private static float MitchellAt(float x) => x switch
    {
        < 1 => (((((7f / 6f) * x) - 2) * x) * x) + (8f / 9f),
        < 2 => ((((((-7f / 18f) * x) + 2) * x) - (10f / 3f)) * x) + (16f / 9f),
        _ => 0,
    };
}
