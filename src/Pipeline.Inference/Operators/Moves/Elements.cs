using System.Runtime.InteropServices;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Moves elements of any type by their width, for what does not look at them.</summary>
internal static class Elements
{
    /// <summary>Runs <paramref name="move"/> on the elements of both, which are of one type.</summary>
    public static void Move<TMove>(TMove move, RuntimeValue source, RuntimeValue target)
        where TMove : IElementMove
    {
        if (source is StringTensor strings)
        {
            move.Run(strings.Elements, ((StringTensor)target).Mutable);
            return;
        }

        ReadOnlySpan<byte> from = ((Tensor)source).Bytes;
        var to = ((Tensor)target).Bytes;
        switch (source.DataType.BitsPerElement())
        {
            case 8: move.Run(from, to); break;
            case 16: move.Run(MemoryMarshal.Cast<byte, ushort>(from), MemoryMarshal.Cast<byte, ushort>(to)); break;
            case 32: move.Run(MemoryMarshal.Cast<byte, uint>(from), MemoryMarshal.Cast<byte, uint>(to)); break;
            case 64: move.Run(MemoryMarshal.Cast<byte, ulong>(from), MemoryMarshal.Cast<byte, ulong>(to)); break;
            default: throw new ArgumentException($"Elements of {source} do not stand in whole bytes.", nameof(source));
        }
    }
}
