namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>Puts two values of each lane together. NaN in gives NaN out.</summary>
internal interface ILanesReduction
{
    /// <summary>What changes nothing.</summary>
    static abstract float Start { get; }

    static abstract T Combine<T>(T first, T second)
        where T : struct, ILanes<T>;
}
