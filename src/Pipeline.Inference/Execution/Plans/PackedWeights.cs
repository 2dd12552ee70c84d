namespace Pipeline.Inference.Execution.Plans;

/// <summary>Floats that do not move: weights and biases as kernels read them.</summary>
internal sealed unsafe class PackedWeights
{
    private readonly float[] _floats;

    /// <param name="length">Floats, all zero at first.</param>
    public PackedWeights(int length)
    {
        _floats = GC.AllocateArray<float>(length, pinned: true);
        Pointer = (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_floats, 0);
    }

    /// <summary>Valid as long as this object is reachable.</summary>
    public float* Pointer { get; }

    public Span<float> Span => _floats;
}
