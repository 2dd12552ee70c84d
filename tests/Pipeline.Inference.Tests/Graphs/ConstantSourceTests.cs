using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Graphs;

public sealed class ConstantSourceTests
{
    [Fact]
    public void Read_InChunks_GivesTheWhole()
    {
        var tensor = Tensor.Vector(1, 2, 3, 4, 5);
        var source = new InMemoryConstantSource(tensor);
        var bytes = new byte[source.ByteLength];

        for (var offset = 0; offset < bytes.Length; offset += 7)
        {
            source.Read(offset, bytes.AsSpan(offset, Math.Min(7, bytes.Length - offset)));
        }

        Assert.Equal(tensor.Bytes.ToArray(), bytes);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 9)]
    [InlineData(8, 1)]
    [InlineData(long.MaxValue, 8)]
    public void Read_BeyondTheEnd_IsRefused(long offset, int length)
    {
        var source = new InMemoryConstantSource(Tensor.Vector(1, 2));

        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(offset, new byte[length]));
    }
}
