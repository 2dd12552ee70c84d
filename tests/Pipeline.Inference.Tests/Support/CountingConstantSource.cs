using System.Runtime.InteropServices;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>A constant that takes no memory, and notes how it is read.</summary>
internal sealed class CountingConstantSource : NumericConstantSource
{
    public CountingConstantSource(DataType dataType, Shape shape)
        : base(dataType, shape)
    {
    }

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Bytes of the longest read.</summary>
    public int LongestRead { get; private set; }

    /// <summary>How often somebody asked for the whole as a value.</summary>
    public int Loads { get; private set; }

    public override RuntimeValue Load()
    {
        Loads++;
        return base.Load();
    }

    protected override void ReadCore(long offset, Span<byte> destination)
    {
        BytesRead += destination.Length;
        LongestRead = Math.Max(LongestRead, destination.Length);
        if (DataType == DataType.Float32)
        {
            MemoryMarshal.Cast<byte, float>(destination).Fill(0.001f);
        }
        else
        {
            MemoryMarshal.Cast<byte, Half>(destination).Fill((Half)0.001f);
        }
    }
}
