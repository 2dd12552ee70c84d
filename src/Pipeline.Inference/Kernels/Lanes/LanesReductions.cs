namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>The reductions that plans run lane by lane.</summary>
internal static class LanesReductions
{
    /// <summary>x + y</summary>
    internal readonly struct Sum : ILanesReduction
    {
        public static float Start => 0;

        public static T Combine<T>(T first, T second)
            where T : struct, ILanes<T> => first + second;
    }

    /// <summary>max(x, y)</summary>
    internal readonly struct Maximum : ILanesReduction
    {
        public static float Start => float.NegativeInfinity;

        public static T Combine<T>(T first, T second)
            where T : struct, ILanes<T> => T.Larger(first, second);
    }

    /// <summary>min(x, y)</summary>
    internal readonly struct Minimum : ILanesReduction
    {
        public static float Start => float.PositiveInfinity;

        public static T Combine<T>(T first, T second)
            where T : struct, ILanes<T> => T.Smaller(first, second);
    }
}
