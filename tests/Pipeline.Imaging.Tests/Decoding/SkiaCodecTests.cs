using SkiaSharp;

namespace Pipeline.Imaging.Tests.Decoding;

public sealed class SkiaCodecTests
{
    /// <summary>Native decoders are watched: an older version may hold known flaws, CVE-2023-4863 (WebP) before 2.88.6 among them.</summary>
    [Fact]
    public void SkiaSharp_Version_IsAtLeastTheOneThatWasChecked()
    {
        var managed = typeof(SKCodec).Assembly.GetName().Version;

        Assert.True(managed >= new Version(4, 155), $"SkiaSharp is {managed}, at least 4.155 is needed.");
        Assert.True(SkiaSharpVersion.Native.Major >= 155, $"libSkiaSharp is {SkiaSharpVersion.Native}, milestone 155 or later is needed.");
    }
}
