using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Tensors;

public sealed class TensorTests
{
    [Fact]
    public void Elements_OtherType_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Tensor.Vector(1f, 2f).Elements<int>().Length);

    [Fact]
    public void From_WrongCount_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Tensor.From<int>(Shape.Of(3), 1, 2));

    [Fact]
    public void Reshape_SameCount_SharesMemory()
    {
        var tensor = Tensor.Vector(1, 2, 3, 4);

        var square = tensor.Reshape(Shape.Of(2, 2));

        Assert.True(square.Bytes.Overlaps(tensor.Bytes));
        Assert.Throws<ArgumentException>(() => tensor.Reshape(Shape.Of(5)));
    }

    [Fact]
    public void Copy_OwnMemory_IsNotShared()
    {
        var tensor = Tensor.Vector(1, 2);

        Assert.False(tensor.Copy().Bytes.Overlaps(tensor.Bytes));
    }

    [Fact]
    public void Wrap_WrongLength_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Tensor.Wrap(DataType.Float32, Shape.Of(2), new byte[7]));

    [Fact]
    public void Zeros_MoreBytesThanAnArrayHolds_IsRefusedBeforeAllocation() =>
        Assert.Throws<InvalidShapeException>(() => Tensor.Zeros(DataType.Float64, Shape.Of(1 << 30)));

    [Theory]
    [InlineData(DataType.String)]
    [InlineData(DataType.Resource)]
    [InlineData(DataType.Variant)]
    public void Zeros_TypeWithoutBytes_IsRefused(DataType type) =>
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(type, Shape.Of(1)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    public void ByteLength_PackedInt4_RoundsUp(long count, long bytes) => Assert.Equal(bytes, DataType.Int4.ByteLength(count));

    [Fact]
    public void StringTensor_WrongCount_IsRefused() =>
        Assert.Throws<ArgumentException>(() => StringTensor.FromText(Shape.Of(2), "one"));
}
