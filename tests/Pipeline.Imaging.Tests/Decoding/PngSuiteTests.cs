using System.Globalization;
using System.IO.Hashing;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Decoding;

/// <summary>The PngSuite with the checksums that another decoder recorded: samples widened to 8 bits, the high byte of 16.</summary>
public sealed class PngSuiteTests
{
    private readonly ImageDecoder _decoder = new(TimeProvider.System);

    [Fact]
    public void Decode_Suite_HasRecordedChecksums()
    {
        var folder = SharedData.Find("corpus/image-rs+image-png");
        var compared = 0;
        var wrong = new List<string>();
        foreach (var (name, checksum) in Recorded(folder))
        {
            var path = Path.Combine(folder, "pngsuite", name);
            if (!File.Exists(path))
            {
                continue;
            }

            compared++;
            var got = Checksum(path);
            if (got != checksum)
            {
                wrong.Add($"{name}: {got?.ToString(CultureInfo.InvariantCulture) ?? "refused"}, expected {checksum?.ToString(CultureInfo.InvariantCulture) ?? "a refusal"}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(compared >= 150, $"{compared} files were compared.");
    }

    /// <summary>Lines of <c>tests/pngsuite/NAME: CHECKSUM</c> or <c>: Expected failure</c>.</summary>
    private static IEnumerable<(string Name, uint? Checksum)> Recorded(string folder) =>
        File.ReadLines(Path.Combine(folder, "results.txt"))
            .Where(line => line.Contains("/pngsuite/", StringComparison.Ordinal))
            .Select(line => line.Split(": ", 2))
            .Select(parts => (Path.GetFileName(parts[0]), uint.TryParse(parts[1], CultureInfo.InvariantCulture, out var checksum) ? checksum : (uint?)null));

    private uint? Checksum(string path)
    {
        try
        {
            var file = File.ReadAllBytes(path);
            var isGray = file[25] is 0 or 4;
            var image = _decoder.Decode(
                file,
                DecodeLimits.Default,
                new DecodeOptions { ApplyOrientation = false, Color = PixelColor.Rgba, Reference = PixelReference.TensorFlow },
                TestContext.Current.CancellationToken);
            var hasAlpha = _decoder.Identify(file, DecodeLimits.Default).HasAlpha;
            return Crc32.HashToUInt32(Samples(image, isGray, hasAlpha));
        }
        catch (ImageException)
        {
            return null;
        }
    }

    private static byte[] Samples(PixelBuffer<byte> rgba, bool isGray, bool hasAlpha)
    {
        var samples = new List<byte>();
        for (var index = 0; index < rgba.Length; index += 4)
        {
            samples.AddRange(rgba.Values.Slice(index, isGray ? 1 : 3));
            if (hasAlpha)
            {
                samples.Add(rgba.Values[index + 3]);
            }
        }

        return [.. samples];
    }
}
