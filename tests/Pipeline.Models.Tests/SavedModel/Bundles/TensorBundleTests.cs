using System.Text;
using Pipeline.Fixtures.Format;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Bundles;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.SavedModel.Bundles;

public sealed class TensorBundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenNumeric_TwoShards_ReadsEachFromItsOwn()
    {
        var builder = new BundleBuilder { Header = { NumShards = 2 } };
        builder.Add("a", [2], [1, 2]).Add("b", [3], [3, 4, 5], shard: 1);

        var bundle = TensorBundle.Open(builder.Write(_folder));

        Assert.Equal([1, 2], Load(bundle.OpenNumeric("a", null)));
        Assert.Equal([3, 4, 5], Load(bundle.OpenNumeric("b", null)));
    }

    [Fact]
    public void OpenNumeric_UnknownKey_IsRefusedByName()
    {
        var bundle = TensorBundle.Open(new BundleBuilder().Add("a", [1], [1]).Write(_folder));

        Assert.Contains("'missing'", Assert.Throws<InvalidModelException>(() => bundle.OpenNumeric("missing", null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shard")]
    [InlineData("negative shard")]
    [InlineData("offset")]
    [InlineData("negative offset")]
    [InlineData("overflowing offset")]
    [InlineData("size")]
    [InlineData("negative dimension")]
    [InlineData("overflowing shape")]
    public void OpenNumeric_EntryThatDoesNotFit_IsRefused(string what)
    {
        var bundle = TensorBundle.Open(new BundleBuilder().Add("a", [2], [1, 2], change: entry => Damage(entry, what)).Write(_folder));

        Assert.Throws<InvalidModelException>(() => bundle.OpenNumeric("a", null));
    }

    [Fact]
    public void OpenNumeric_MissingShard_NamesTheFile()
    {
        var prefix = new BundleBuilder().Add("a", [1], [1]).Write(_folder);
        File.Delete(prefix + ".data-00000-of-00001");

        var error = Assert.Throws<InvalidModelException>(() => TensorBundle.Open(prefix).OpenNumeric("a", null));

        Assert.EndsWith("variables.data-00000-of-00001", error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenNumeric_TypeThatTheEngineHasNot_IsUnsupported()
    {
        var bundle = TensorBundle.Open(new BundleBuilder().Add("a", [1], [1, 2], change: entry => entry.Dtype = (int)TensorFlowType.Complex64).Write(_folder));

        Assert.Throws<UnsupportedModelException>(() => bundle.OpenNumeric("a", null));
    }

    [Fact]
    public void Open_BigEndian_IsUnsupported()
    {
        var builder = new BundleBuilder { Header = { Endianness = 1 } }.Add("a", [1], [1]);

        Assert.Throws<UnsupportedModelException>(() => TensorBundle.Open(builder.Write(_folder)));
    }

    [Fact]
    public void Open_NewerVersion_IsUnsupported()
    {
        var builder = new BundleBuilder { Header = { Version = new BundleHeaderProto.Types.VersionDef { MinConsumer = 2 } } }.Add("a", [1], [1]);

        Assert.Throws<UnsupportedModelException>(() => TensorBundle.Open(builder.Write(_folder)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Open_ImpossibleShardCount_IsRefused(int count)
    {
        var builder = new BundleBuilder().Add("a", [1], [1]);
        builder.Header.NumShards = count;

        Assert.Throws<InvalidModelException>(() => TensorBundle.Open(builder.Write(_folder)));
    }

    [Fact]
    public void OpenNumeric_StoredInSlices_IsPutTogether()
    {
        var bundle = TensorBundle.Open(WriteSliced().Write(_folder));

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], Load(bundle.OpenNumeric("a", null)));
    }

    [Fact]
    public void OpenNumeric_PartAcrossSlices_IsThePart()
    {
        var bundle = TensorBundle.Open(WriteSliced().Write(_folder));

        Assert.Equal([4, 5, 7, 8], Load(bundle.OpenNumeric("a", BundleSlice.TryCreate([4, 3], [(1, 2), (1, 2)]))));
    }

    [Fact]
    public void OpenNumeric_StoredSlice_IsReadWhereItLies()
    {
        var bundle = TensorBundle.Open(WriteSliced().Write(_folder));

        Assert.IsType<BundleTensorSource>(bundle.OpenNumeric("a", BundleSlice.TryCreate([4, 3], [(2, 2), (0, null)])));
    }

    [Fact]
    public void OpenNumeric_SliceMissing_IsRefused()
    {
        var bundle = TensorBundle.Open(WriteSliced(skipSecond: true).Write(_folder));

        Assert.Throws<InvalidModelException>(() => bundle.OpenNumeric("a", null));
    }

    [Fact]
    public void ReadStrings_EveryObjectGraphOfTheCorpus_IsRead()
    {
        if (!SharedFolder.TryFind("corpus", out var corpus))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        var count = 0;
        foreach (var index in Directory.EnumerateFiles(corpus, "variables.index", SearchOption.AllDirectories))
        {
            var bundle = TensorBundle.Open(index[..^".index".Length]);
            if (bundle.Contains("_CHECKPOINTABLE_OBJECT_GRAPH"))
            {
                Assert.True(bundle.ReadStrings("_CHECKPOINTABLE_OBJECT_GRAPH").Elements[0].Length > 0, index);
                count++;
            }
        }

        Assert.True(count >= 10, $"{count} object graphs");
    }

    [Fact]
    public void ReadStrings_Written_GivesThemBack()
    {
        var bundle = TensorBundle.Open(WriteStrings(_ => { }).Write(_folder));

        var read = bundle.ReadStrings("s");

        Assert.Equal(["one", string.Empty, "three"], read.Elements.ToArray().Select(text => Encoding.UTF8.GetString(text.Span)));
    }

    [Fact]
    public void ReadStrings_AnyFlippedByte_IsRefused()
    {
        var length = 0;
        WriteStrings(bytes => length = bytes.Length);
        for (var position = 0; position < length; position++)
        {
            var bundle = TensorBundle.Open(WriteStrings(bytes => bytes[position] ^= 0x01).Write(_folder));
            Assert.Throws<InvalidModelException>(() => bundle.ReadStrings("s"));
        }
    }

    private static float[] Load(ConstantSource source) => ((Tensor)source.Load()).Elements<float>().ToArray();

    private static void Damage(BundleEntryProto entry, string what)
    {
        switch (what)
        {
            case "shard":
                entry.ShardId = 1;
                break;
            case "negative shard":
                entry.ShardId = -1;
                break;
            case "offset":
                entry.Offset = 1;
                break;
            case "negative offset":
                entry.Offset = -1;
                break;
            case "overflowing offset":
                entry.Offset = long.MaxValue;
                break;
            case "size":
                entry.Size = 7;
                break;
            case "negative dimension":
                entry.Shape = Nodes.Shape(-2);
                break;
            default:
                entry.Shape = Nodes.Shape(1L << 31, 1L << 31, 1L << 31);
                break;
        }
    }

    /// <summary>A 4 × 3 tensor of 0, 1, 2 … whose halves have keys of their own.</summary>
    private static BundleBuilder WriteSliced(bool skipSecond = false)
    {
        BundleSlice Half(long start) => BundleSlice.TryCreate([4, 3], [(start, 2), (0, null)])!;
        var entry = new BundleEntryProto { Dtype = (int)TensorFlowType.Float, Shape = Nodes.Shape(4, 3) };
        foreach (var start in new[] { 0, 2 })
        {
            var slice = new TensorSliceProto();
            slice.Extent.Add(new TensorSliceProto.Types.Extent { Start = start, Length = 2 });
            slice.Extent.Add(new TensorSliceProto.Types.Extent());
            entry.Slices.Add(slice);
        }

        var builder = new BundleBuilder().AddEntry(Encoding.UTF8.GetBytes("a"), entry);
        builder.Add(Half(0).Key("a"), (int)TensorFlowType.Float, [2, 3], Bytes(0, 6));
        return skipSecond ? builder : builder.Add(Half(2).Key("a"), (int)TensorFlowType.Float, [2, 3], Bytes(6, 6));
    }

    private static byte[] Bytes(int first, int count) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([.. Enumerable.Range(first, count).Select(value => (float)value)]).ToArray();

    private static BundleBuilder WriteStrings(Action<byte[]> damage)
    {
        var lengths = new WireWriter().Number(3).Number(0).Number(5).ToArray();
        var crc = default(MaskedCrc32C);
        foreach (var length in new uint[] { 3, 0, 5 })
        {
            crc.Append(BitConverter.GetBytes(length));
        }

        var inner = BitConverter.GetBytes(crc.Masked);
        var text = Encoding.UTF8.GetBytes("onethree");
        crc.Append(inner);
        crc.Append(text);
        byte[] bytes = [.. lengths, .. inner, .. text];
        damage(bytes);
        return new BundleBuilder().Add(Encoding.UTF8.GetBytes("s"), (int)TensorFlowType.String, [3], bytes, change: entry => entry.Crc32C = crc.Masked);
    }
}
