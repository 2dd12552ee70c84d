using System.Text;
using IronSnappy;
using Pipeline.Models.SavedModel.Bundles;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.SavedModel.Bundles;

public sealed class BundleTableTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_PrefixCompressedKeys_GivesEveryEntry(bool isSnappy)
    {
        var entries = Enumerable.Range(0, 300).Select(index => ($"layer/{index:d4}/kernel", new string('v', index))).ToList();

        var read = Read(Table(entries, isSnappy));

        Assert.Equal(entries, read);
    }

    [Fact]
    public void Read_AnyFlippedByte_IsRefusedOrWithoutEffect()
    {
        var entries = new List<(string, string)> { ("a", "first"), ("ab", "second"), ("b", "third") };
        foreach (var isSnappy in new[] { false, true })
        {
            var table = Table(entries, isSnappy);
            for (var position = 0; position < table.Length; position++)
            {
                var damaged = table.ToArray();
                damaged[position] ^= 0x40;
                try
                {
                    Assert.Equal(entries, Read(damaged));
                }
                catch (InvalidModelException error)
                {
                    Assert.Equal("index", error.Path);
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Read_DamagedContentUnderARightChecksum_IsReadOrRefusedByType(byte compression)
    {
        var seed = Environment.ProcessId;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var good = Block([("a/kernel", "first"), ("a/kernel/m", "second"), ("b", new string('v', 300))], compression);
        for (var round = 0; round < 3000; round++)
        {
            var content = good.AsSpan(0, random.Next(8) == 0 ? random.Next(good.Length) : good.Length).ToArray();
            for (var flip = 0; flip < random.Next(1, 4) && content.Length > 0; flip++)
            {
                content[random.Next(content.Length)] = (byte)random.Next(256);
            }

            var error = Record.Exception(() => Read(BundleBuilder.ToTable(BundleBuilder.Block(content, compression), "b"u8.ToArray())));
            Assert.True(error is null or InvalidModelException, $"seed {seed}, round {round}: {error}");
        }
    }

    [Fact]
    public void Read_AnyTruncation_IsRefused()
    {
        var table = Table([("a", "first"), ("b", "second")], false);
        for (var length = 0; length < table.Length; length++)
        {
            Assert.Throws<InvalidModelException>(() => Read(table[..length]));
        }
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    public void Read_KeysNotAscending_IsRefused(string first, string second)
    {
        var error = Assert.Throws<InvalidModelException>(() => Read(Table([(first, "1"), (second, "2")], false)));

        Assert.Contains($"'{second}' after '{first}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SnappyOfHugeDeclaredSize_IsRefusedBeforeUnpacking()
    {
        // A block that says it unpacks to 4 GiB - 1, with its checksum right.
        var packed = new WireWriter().Number(0xFFFFFFFF).Raw([0, 0]).ToArray();
        var table = BundleBuilder.ToTable(BundleBuilder.Block(packed, 1), Encoding.UTF8.GetBytes("a"));

        var error = Assert.Throws<InvalidModelException>(() => Read(table));

        Assert.Contains("4294967295", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Block(IEnumerable<(string Key, string Value)> entries, byte compression)
    {
        var plain = BundleBuilder.Plain([.. entries.Select(entry => (Encoding.UTF8.GetBytes(entry.Key), Encoding.UTF8.GetBytes(entry.Value)))]);
        return compression == 1 ? Snappy.Encode(plain) : plain;
    }

    private static List<(string, string)> Read(byte[] table) =>
        [.. BundleTable.Read("index", table).Select(entry => (Encoding.UTF8.GetString(entry.Key), Encoding.UTF8.GetString(entry.Value.Span)))];

    private static byte[] Table(IEnumerable<(string Key, string Value)> entries, bool isSnappy) =>
        BundleBuilder.ToTable([.. entries.Select(entry => (Encoding.UTF8.GetBytes(entry.Key), Encoding.UTF8.GetBytes(entry.Value)))], isSnappy);
}
