using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Kinds;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Decoding;

/// <summary>Every picture of the fixtures, with the pixels of the reference decoders.</summary>
public sealed class DecodeFixturesTests
{
    [Theory]
    [InlineData("png", 120)]
    [InlineData("webp", 115)]
    [InlineData("gif", 40)]
    [InlineData("bmp", 44)]
    public void GoodPictures_AllReferences_AreEqual(string format, int leastPassed) =>
        FixtureRuns.Check("fixtures/images", new DecodeKind(), fixture => Is(fixture, format, "ok"), leastPassed, "not built yet: ");

    /// <summary>None passes while the fast inverse DCT is missing; Pillow's and OpenCV's pixels are compared all the same.</summary>
    [Fact]
    public void GoodPictures_Jpeg_DifferNowhereFromWhatIsBuilt() =>
        FixtureRuns.Check("fixtures/images", new DecodeKind(), fixture => Is(fixture, "jpeg", "ok"), 0, "TensorFlow's JPEG pixels need the fast inverse DCT");

    [Theory]
    [InlineData("damaged", 92)]
    [InlineData("refuse", 108)]
    public void BadPictures_AllFormats_AreRefusedOrAsRecorded(string kind, int leastPassed) =>
        FixtureRuns.Check("fixtures/images", new DecodeKind(), fixture => Is(fixture, null, kind), leastPassed);

    private static bool Is(FixtureCase fixture, string? format, string kind) =>
        fixture.Fields.GetProperty("class").GetString() == kind && (format is null || fixture.Fields.GetProperty("format").GetString() == format);
}
