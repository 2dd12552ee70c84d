using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class DocumentIdsTests
{
    [Fact]
    public void FromName_NamesOfTheTable_AreWhatJavaScriptMakesOfThem()
    {
        // Made with Node: encodeURIComponent of each name.
        using var stream = typeof(DocumentIdsTests).Assembly.GetManifestResourceStream("encodeURIComponent.json")!;
        using var table = JsonDocument.Parse(stream);
        var count = 0;
        foreach (var row in table.RootElement.EnumerateArray())
        {
            var (name, expected) = (row.GetProperty("name").GetString()!, row.GetProperty("id").GetString()!);
            if (DocumentRequests.IsId(expected))
            {
                Assert.Equal(expected, DocumentIds.FromName(name));
                count++;
            }
        }

        Assert.True(count > 400, $"Only {count} rows were compared.");
    }

    [Theory]
    [InlineData(".", "%2E")]
    [InlineData("..", "%2E%2E")]
    [InlineData("...", "...")]
    [InlineData("./..", ".%2F..")]
    [InlineData("____", "%5F___")]
    [InlineData("__a__", "%5F_a__")]
    [InlineData("__a/b__", "%5F_a%2Fb__")]
    [InlineData("__\n__", "%5F_%0A__")]
    [InlineData("___", "___")]
    [InlineData("__a_", "__a_")]
    [InlineData("_a__", "_a__")]
    public void FromName_IdThatWouldBeReserved_IsEscaped(string name, string id)
    {
        Assert.Equal(id, DocumentIds.FromName(name));
        Assert.True(DocumentRequests.IsId(id));
    }

    [Theory]
    [InlineData(500, 0, false)]
    [InlineData(500, 1, true)]
    [InlineData(499, 3, false)]
    [InlineData(499, 4, true)]
    public void FromName_Over1500Bytes_IsTheHashOfTheName(int slashes, int letters, bool isHashed)
    {
        var name = new string('/', slashes) + new string('a', letters);

        var id = DocumentIds.FromName(name);

        var expected = isHashed
            ? "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToLowerInvariant()
            : Uri.EscapeDataString(name);
        Assert.Equal(expected, id);
    }

    [Fact]
    public void FromName_ReservedIdThatGrowsOver1500Bytes_IsTheHashOfTheName()
    {
        var name = "__" + new string('a', 1495) + "__";

        Assert.StartsWith("sha256:", DocumentIds.FromName(name), StringComparison.Ordinal);
        Assert.StartsWith("%5F", DocumentIds.FromName("__" + new string('a', 1494) + "__"), StringComparison.Ordinal);
    }

    [Fact]
    public void FromName_LoneSurrogate_Throws()
    {
        foreach (var name in new[] { "\uD83C", "a\uD83Cb", "\uDF3B", "\uDF3B\uD83C", "\uD83C\uD83C\uDF3B" })
        {
            Assert.Throws<ArgumentException>(() => DocumentIds.FromName(name));
        }
    }

    [Fact]
    public void FromName_Empty_Throws() => Assert.Throws<ArgumentException>(() => DocumentIds.FromName(""));

    [Fact]
    public void FromEvent_AnyId_IsNoObjectsId()
    {
        Assert.Equal(
            "event:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            DocumentIds.FromEvent("abc"));
        Assert.Equal("event%3Aabc", DocumentIds.FromName("event:abc"));
        Assert.True(DocumentRequests.IsId(DocumentIds.FromEvent("\uD800/..")));
    }
}
