using System.Runtime.InteropServices;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Optimization;

public sealed class WidenedConstantSourceTests
{
    [Theory]
    [InlineData(DataType.Float16)]
    [InlineData(DataType.BFloat16)]
    public void Read_EveryPattern_IsWhatTheOperatorGives(DataType type)
    {
        var narrow = Tensor.Zeros(type, Shape.Of(1 << 16));
        var patterns = MemoryMarshal.Cast<byte, ushort>(narrow.Bytes);
        for (var pattern = 0; pattern < patterns.Length; pattern++)
        {
            patterns[pattern] = (ushort)pattern;
        }

        var expected = OperatorRun.One(new Cast(DataType.Float32), narrow).Elements<float>().ToArray();
        var source = new WidenedConstantSource(new InMemoryConstantSource(narrow));
        var read = new float[1 << 16];
        for (var (first, length) = (0, 1); first < read.Length; first += length, length = (length * 3) + 1)
        {
            var piece = read.AsSpan(first, Math.Min(length, read.Length - first));
            source.Read(first * 4L, MemoryMarshal.AsBytes(piece));
        }

        Assert.Equal(expected, read);
    }

    [Fact]
    public void Read_PartOfAnElement_IsRefused()
    {
        var source = new WidenedConstantSource(new InMemoryConstantSource(Tensor.Zeros(DataType.Float16, Shape.Of(4))));

        Assert.Throws<ArgumentException>(() => source.Read(0, new byte[6]));
        Assert.Throws<ArgumentException>(() => source.Read(2, new byte[4]));
        Assert.Throws<ArgumentException>(() => new WidenedConstantSource(source));
    }
}
