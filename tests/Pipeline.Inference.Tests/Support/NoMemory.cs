using System.Buffers;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Memory that has a length only; whoever looks into it fails.</summary>
internal sealed class NoMemory : MemoryManager<byte>
{
    private readonly int _length;

    public NoMemory(int length)
    {
        _length = length;
    }

    public override Memory<byte> Memory => CreateMemory(_length);

    public override Span<byte> GetSpan() => throw new InvalidOperationException("There is nothing to be read.");

    public override MemoryHandle Pin(int elementIndex = 0) => throw new InvalidOperationException("There is nothing to be read.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
