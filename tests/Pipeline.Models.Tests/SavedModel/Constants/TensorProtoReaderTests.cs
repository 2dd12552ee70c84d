using System.Text;
using Google.Protobuf;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Constants;
using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.SavedModel.Constants;

public sealed class TensorProtoReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_RawContent_IsTheElements()
    {
        var tensor = Tensor(TensorFlowType.Int16, 2);
        tensor.TensorContent = ByteString.CopyFrom(1, 0, 255, 255);

        Assert.Equal([1, -1], Load(tensor).Elements<short>().ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Read_RawContentOfOtherLength_IsRefused(int length)
    {
        var tensor = Tensor(TensorFlowType.Int16, 2);
        tensor.TensorContent = ByteString.CopyFrom(new byte[length]);

        Assert.Throws<InvalidModelException>(() => Load(tensor));
    }

    [Fact]
    public void Read_FewerValues_RepeatsTheLast()
    {
        var tensor = Tensor(TensorFlowType.Float, 2, 3);
        tensor.FloatVal.Add([1, 2]);

        Assert.Equal([1, 2, 2, 2, 2, 2], Load(tensor).Elements<float>().ToArray());
    }

    [Fact]
    public void Read_FewerValuesInPieces_RepeatsTheLast()
    {
        var tensor = Tensor(TensorFlowType.Float, 5);
        tensor.FloatVal.Add([1, 2]);
        var source = (Pipeline.Inference.Graphs.NumericConstantSource)Read(tensor);
        var bytes = new byte[20];
        for (var offset = 0; offset < 20; offset += 3)
        {
            source.Read(offset, bytes.AsSpan(offset, Math.Min(3, 20 - offset)));
        }

        Assert.Equal([1, 2, 2, 2, 2], Enumerable.Range(0, 5).Select(index => BitConverter.ToSingle(bytes, index * 4)));
    }

    [Fact]
    public void Read_MoreValuesThanElements_IsRefused()
    {
        var tensor = Tensor(TensorFlowType.Float, 1);
        tensor.FloatVal.Add([1, 2]);

        Assert.Throws<InvalidModelException>(() => Load(tensor));
    }

    [Fact]
    public void Read_NoValues_IsZeros() => Assert.Equal([0, 0], Load(Tensor(TensorFlowType.Int64, 2)).Elements<long>().ToArray());

    [Fact]
    public void Read_NoShape_IsAScalar()
    {
        var tensor = new TensorProto { Dtype = (int)TensorFlowType.Int32 };
        tensor.IntVal.Add(7);

        Assert.Equal(Shape.Scalar, Load(tensor).Shape);
    }

    [Fact]
    public void Read_NarrowTypes_TakesTheirField()
    {
        Assert.Equal([200], Load(Filled(TensorFlowType.UInt8, tensor => tensor.IntVal.Add(200))).Elements<byte>().ToArray());
        Assert.Equal([-3], Load(Filled(TensorFlowType.Int8, tensor => tensor.IntVal.Add(-3))).Elements<sbyte>().ToArray());
        Assert.Equal([40_000], Load(Filled(TensorFlowType.UInt16, tensor => tensor.IntVal.Add(40_000))).Elements<ushort>().ToArray());
        Assert.Equal([(Half)1.5f], Load(Filled(TensorFlowType.Half, tensor => tensor.HalfVal.Add(0x3E00))).Elements<Half>().ToArray());
        Assert.Equal([new BFloat16(0x3FC0)], Load(Filled(TensorFlowType.BFloat16, tensor => tensor.HalfVal.Add(0x3FC0))).Elements<BFloat16>().ToArray());
        Assert.Equal([true], Load(Filled(TensorFlowType.Bool, tensor => tensor.BoolVal.Add(true))).Elements<bool>().ToArray());
        Assert.Equal([4_000_000_000], Load(Filled(TensorFlowType.UInt32, tensor => tensor.Uint32Val.Add(4_000_000_000))).Elements<uint>().ToArray());
        Assert.Equal([ulong.MaxValue], Load(Filled(TensorFlowType.UInt64, tensor => tensor.Uint64Val.Add(ulong.MaxValue))).Elements<ulong>().ToArray());
        Assert.Equal([1e300], Load(Filled(TensorFlowType.Double, tensor => tensor.DoubleVal.Add(1e300))).Elements<double>().ToArray());
    }

    [Fact]
    public void Read_Strings_RepeatsTheLast()
    {
        var tensor = Tensor(TensorFlowType.String, 3);
        tensor.StringVal.Add([ByteString.CopyFromUtf8("a"), ByteString.CopyFromUtf8("b")]);

        var strings = (StringTensor)Read(tensor).Load();

        Assert.Equal(["a", "b", "b"], strings.Elements.ToArray().Select(text => Encoding.UTF8.GetString(text.Span)));
    }

    [Fact]
    public void Read_HugeShapeOfOneValue_CostsNothingBeforeItIsRead()
    {
        var tensor = Tensor(TensorFlowType.Float, 1_000_000_000);
        tensor.FloatVal.Add(3);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var source = (Pipeline.Inference.Graphs.NumericConstantSource)Read(tensor);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        var last = new byte[4];
        source.Read(3_999_999_996, last);
        Assert.Equal(3f, BitConverter.ToSingle(last));
    }

    [Theory]
    [InlineData(-1L, 1L)]
    [InlineData(1L << 40, 1L)]
    [InlineData(1L << 31, 1L << 31)]
    public void Read_ImpossibleShape_IsRefused(long first, long second) =>
        Assert.Throws<InvalidModelException>(() => Read(Tensor(TensorFlowType.Float, first, second)));

    [Fact]
    public void Read_HugeStringTensor_IsRefused() => Assert.Throws<InvalidModelException>(() => Read(Tensor(TensorFlowType.String, 1_000_000_000)));

    [Theory]
    [InlineData((int)TensorFlowType.Complex64)]
    [InlineData((int)TensorFlowType.QInt8)]
    [InlineData((int)TensorFlowType.Variant)]
    [InlineData(99)]
    public void Read_TypeThatIsNone_IsUnsupported(int type) =>
        Assert.Throws<UnsupportedModelException>(() => Read(new TensorProto { Dtype = type, TensorShape = Nodes.Shape(1) }));

    private static TensorProto Tensor(TensorFlowType type, params ReadOnlySpan<long> shape) => new() { Dtype = (int)type, TensorShape = Nodes.Shape(shape) };

    private static TensorProto Filled(TensorFlowType type, Action<TensorProto> fill)
    {
        var tensor = Tensor(type, 1);
        fill(tensor);
        return tensor;
    }

    private Pipeline.Inference.Graphs.ConstantSource Read(TensorProto tensor) =>
        TensorProtoReader.Read(tensor, null, MessageFile.Read(_folder.Write("graph", []), 10, 10), "node");

    private Tensor Load(TensorProto tensor) => (Tensor)Read(tensor).Load();
}
