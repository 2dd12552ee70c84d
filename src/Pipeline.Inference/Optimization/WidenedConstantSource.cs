using System.Runtime.InteropServices;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A constant of 16-bit floats that is widened to float32 while it is read, so that it is nowhere held in both widths.</summary>
internal sealed class WidenedConstantSource : NumericConstantSource
{
    private readonly NumericConstantSource _narrow;

    public WidenedConstantSource(NumericConstantSource narrow)
        : base(DataType.Float32, narrow.Shape)
    {
        if (!IsNarrow(narrow))
        {
            throw new ArgumentException($"{narrow.DataType} is no type of 16-bit floats.", nameof(narrow));
        }

        _narrow = narrow;
    }

    public static bool IsNarrow(ConstantSource source) => source is NumericConstantSource { DataType: DataType.Float16 or DataType.BFloat16 };

    protected override void ReadCore(long offset, Span<byte> destination)
    {
        if (offset % sizeof(float) != 0 || destination.Length % sizeof(float) != 0)
        {
            throw new ArgumentException($"{destination.Length} bytes from {offset} on are no whole elements.", nameof(destination));
        }

        // The narrow elements wait in the second half: each is read before its place is written over.
        var bits = destination[(destination.Length / 2)..];
        _narrow.Read(offset / 2, bits);
        var narrow = MemoryMarshal.Cast<byte, ushort>(bits);
        var wide = MemoryMarshal.Cast<byte, float>(destination);
        if (_narrow.DataType == DataType.Float16)
        {
            for (var index = 0; index < wide.Length; index++)
            {
                wide[index] = (float)BitConverter.UInt16BitsToHalf(narrow[index]);
            }
        }
        else
        {
            for (var index = 0; index < wide.Length; index++)
            {
                wide[index] = BitConverter.UInt32BitsToSingle((uint)narrow[index] << 16);
            }
        }
    }
}
