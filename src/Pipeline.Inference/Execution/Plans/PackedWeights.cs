namespace Pipeline.Inference.Execution.Plans;

/// <summary>Floats that do not move: weights and biases as kernels read them.</summary>
internal sealed unsafe class PackedWeights
{
    private readonly Memory<float> _floats;

    /// <param name="length">Floats, all zero at first.</param>
    public PackedWeights(int length)
    {
        var floats = GC.AllocateArray<float>(length, pinned: true);
        _floats = floats;
        Pointer = (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(floats, 0);
    }

    private PackedWeights(Memory<float> floats, float* pointer)
    {
        _floats = floats;
        Pointer = pointer;
    }

    /// <summary>Valid as long as this object is reachable.</summary>
    public float* Pointer { get; }

    public Span<float> Span => _floats.Span;

    /// <summary>One of several parts of the same length, in the same memory.</summary>
    public PackedWeights Part(int part, int parts)
    {
        var length = _floats.Length / parts;
        return new PackedWeights(_floats.Slice(part * length, length), Pointer + ((long)part * length));
    }
}
