using System.Collections.Immutable;
using System.Text;
using Pipeline.Models.Package;

namespace Pipeline.Models.Tests.Package;

public sealed class LabelFileTests
{
    [Theory]
    [InlineData("cat\ndog\n")]
    [InlineData("cat\ndog")]
    [InlineData("cat\r\ndog\r\n")]
    [InlineData("\uFEFFcat\n dog \t\n")]
    [InlineData("0 cat\n1 dog\n")]
    [InlineData("0 cat\r\n1  dog\r\n")]
    public void Read_TwoLabels_AreReadInOrder(string text) => Assert.Equal(["cat", "dog"], Read(text));

    [Fact]
    public void Read_NumberedLabelsWithSpaces_KeepTheRest() => Assert.Equal(["Class 1", "Class 2"], Read("0 Class 1\n1 Class 2"));

    [Theory]
    [InlineData("0 cat\n2 dog")]
    [InlineData("1 cat\n2 dog")]
    [InlineData("0 cat\ndog")]
    [InlineData("0\n1")]
    [InlineData("00 cat\n01 dog")]
    public void Read_NumbersThatAreNotTheLines_AreLabels(string text) => Assert.Equal(text.Split('\n'), Read(text));

    [Fact]
    public void Read_RepeatedLabels_AreKept() => Assert.Equal(["crane", "crane"], Read("crane\ncrane"));

    [Fact]
    public void Read_ElevenNumberedLabels_AreNumberedThroughout() =>
        Assert.Equal(Enumerable.Repeat("x", 11), Read(string.Join('\n', Enumerable.Range(0, 11).Select(number => $"{number} x"))));

    [Theory]
    [InlineData("", "line 1 is empty")]
    [InlineData("cat\n\ndog", "line 2 is empty")]
    [InlineData("cat\ndog\n\n", "line 3 is empty")]
    [InlineData("cat\n \t\r\n", "line 2 is empty")]
    [InlineData("cat\nd\u0000g", "line 2 holds a control character")]
    [InlineData("cat\rdog", "line 1 holds a control character")]
    public void Read_UnusableLine_IsNamed(string text, string detail)
    {
        var error = Assert.Throws<InvalidLabelsException>(() => Read(text));

        Assert.Equal($"labels.txt: {detail}.", error.Message);
    }

    [Fact]
    public void Read_OverlongLabel_IsRefusedWithBothNumbers()
    {
        Assert.Single(Read(new string('ä', 500)));

        var error = Assert.Throws<InvalidLabelsException>(() => Read("cat\n" + new string('ä', 501)));

        Assert.Contains("line 2 has 1002 bytes, allowed are 1000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManyLines_IsRefused()
    {
        Assert.Equal(LabelFile.MaxLabels, Read(string.Concat(Enumerable.Repeat("a\n", LabelFile.MaxLabels))).Length);

        Assert.Throws<InvalidLabelsException>(() => Read(string.Concat(Enumerable.Repeat("a\n", LabelFile.MaxLabels + 1))));
    }

    [Fact]
    public void Read_NotUtf8_IsRefused() =>
        Assert.Throws<InvalidLabelsException>(() => LabelFile.Read([(byte)'c', 0xE4, (byte)'t'], "labels.txt"));

    [Fact]
    public void ReadFile_Missing_IsRefusedByName()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "labels.txt");

        Assert.Contains(path, Assert.Throws<InvalidLabelsException>(() => LabelFile.ReadFile(path)).Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<string> Read(string text) => LabelFile.Read(Encoding.UTF8.GetBytes(text), "labels.txt");
}
