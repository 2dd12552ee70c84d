using Pipeline.Inference.Graphs;
using Pipeline.Models.SavedModel.Bundles;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.SavedModel.Bundles;

public sealed class BundleTensorSourceTests : IDisposable
{
    private const int Count = 100_000;
    private static readonly float[] Elements = [.. Enumerable.Range(0, Count).Select(value => (float)value)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Backwards_GivesWhatIsStored()
    {
        var source = Open();
        Span<byte> element = stackalloc byte[4];
        for (var index = Count - 1; index >= 0; index -= 999)
        {
            source.Read(index * 4L, element);
            Assert.Equal(Elements[index], BitConverter.ToSingle(element));
        }
    }

    [Theory]
    [InlineData(Count * 4)]
    [InlineData(1000)]
    [InlineData(7)]
    public void Read_FlippedByteInChunks_FailsAtTheLastAtTheLatest(int chunk)
    {
        var source = Open(flipped: 123_456);

        var error = Assert.Throws<InvalidModelException>(() => ReadAll(source, chunk));

        Assert.Contains("'w'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FlippedByteSomewhereElse_FailsAtOnceAndAlways()
    {
        var source = Open(flipped: 123_456);

        Assert.Throws<InvalidModelException>(() => source.Read(8, new byte[4]));
        Assert.Throws<InvalidModelException>(() => source.Read(0, new byte[4]));
        Assert.Throws<InvalidModelException>(source.Load);
    }

    [Fact]
    public void Read_FileCutAfterOpening_IsRefused()
    {
        var source = Open();
        using (var shard = new FileStream(ShardPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            shard.SetLength(1000);
        }

        Assert.Throws<InvalidModelException>(source.Load);
    }

    [Fact]
    public void Read_SeveralThreads_GivesEachTheWhole()
    {
        var source = Open();
        var threads = Enumerable.Range(0, 8).Select(_ => Task.Run(() => ReadAll(source, 4096))).ToArray();

        foreach (var bytes in threads.Select(thread => thread.Result))
        {
            Assert.Equal(Elements[^1], BitConverter.ToSingle(bytes, (Count - 1) * 4));
        }
    }

    private string ShardPath => Path.Combine(_folder.Path, "variables", "variables.data-00000-of-00001");

    private NumericConstantSource Open(int? flipped = null)
    {
        var prefix = new BundleBuilder().Add("w", [Count], Elements).Write(_folder);
        if (flipped is { } position)
        {
            var bytes = File.ReadAllBytes(ShardPath);
            bytes[position] ^= 0x10;
            File.WriteAllBytes(ShardPath, bytes);
        }

        return TensorBundle.Open(prefix).OpenNumeric("w", null);
    }

    private static byte[] ReadAll(NumericConstantSource source, int chunk)
    {
        var bytes = new byte[source.ByteLength];
        for (var offset = 0; offset < bytes.Length; offset += chunk)
        {
            source.Read(offset, bytes.AsSpan(offset, Math.Min(chunk, bytes.Length - offset)));
        }

        return bytes;
    }
}
