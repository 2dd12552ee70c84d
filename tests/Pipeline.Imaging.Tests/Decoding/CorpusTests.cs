using System.Security.Cryptography;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Decoding;

/// <summary>Other people's test pictures against the pixels that Pillow and others recorded for them.</summary>
public sealed class CorpusTests
{
    private static readonly string[] LosslessExtensions = ["bmp", "lossless.webp", "gif"];
    private static readonly DecodeOptions AsStored = new() { ApplyOrientation = false, Color = PixelColor.Rgba };

    private readonly ImageDecoder _decoder = new(TimeProvider.System);

    /// <summary>MD5 of the first frame in RGBA, made with an older Pillow and libjpeg-turbo: what differs on purpose is named in <see cref="IsExpectedToDiffer"/>.</summary>
    [Theory]
    [InlineData("PNG", 475)]
    [InlineData("JPEG", 125)]
    [InlineData("GIF", 70)]
    [InlineData("WEBP", 46)]
    [InlineData("BMP", 100)]
    public void Decode_IndexedPicture_HasRecordedPixels(string format, int leastEqual)
    {
        var equal = 0;
        var wrong = new List<string>();
        foreach (var (path, details, md5) in Indexed(format))
        {
            var file = File.ReadAllBytes(SharedData.Find($"corpus/{path}"));
            try
            {
                var image = _decoder.Decode(file, DecodeLimits.Default with { MaxSide = 65_536, MaxPixels = 50_000_000 }, AsStored, TestContext.Current.CancellationToken);
                if (Md5(image) == md5)
                {
                    equal++;
                }
                else if (!IsExpectedToDiffer(path, details))
                {
                    wrong.Add($"{path} ({details}) differs");
                }
            }
            catch (ImageException refusal)
            {
                if (!IsExpectedToBeRefused(path))
                {
                    wrong.Add($"{path} ({details}): {refusal.Message}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(equal >= leastEqual, $"{equal} pictures are equal, at least {leastEqual} must be.");
    }

    /// <summary>Reference pictures that come with the BMP test suite, some of them rounded on their way.</summary>
    [Fact]
    public void Decode_BmpSuite_EqualsItsReferencePng()
    {
        var folder = SharedData.Find("corpus/python-pillow+Pillow/bmp");
        var compared = 0;
        foreach (var path in Directory.GetFiles(Path.Combine(folder, "g"), "*.bmp"))
        {
            var reference = Path.Combine(folder, "html", Path.GetFileNameWithoutExtension(path) + ".png");
            if (File.Exists(reference))
            {
                Assert.True(LargestDifference(Decode(reference), Decode(path)) <= 1, path);
                compared++;
            }
        }

        Assert.True(compared >= 10, $"{compared} pictures have a reference.");
    }

    /// <summary>The same picture in formats that lose nothing; a GIF only where 256 colours are enough.</summary>
    [Theory]
    [InlineData("bricks-color", false)]
    [InlineData("bricks-dither", true)]
    [InlineData("bricks-gray", true)]
    [InlineData("bricks-nodither", true)]
    [InlineData("hat", false)]
    [InlineData("pjw-thumbnail", true)]
    public void Decode_OnePictureInLosslessFormats_IsTheSame(string name, bool isGifLossless)
    {
        var folder = SharedData.Find("corpus/google+wuffs");
        var reference = Decode(Path.Combine(folder, $"{name}.png"));
        foreach (var extension in LosslessExtensions.Where(extension => isGifLossless || extension != "gif"))
        {
            Assert.Equal(0, LargestDifference(reference, Decode(Path.Combine(folder, $"{name}.{extension}"))));
        }
    }

    /// <summary>Whatever the corpus holds, readable or not, for its pixels or for a typed error.</summary>
    [Fact]
    public void Decode_EveryPicture_GivesPixelsOrATypedError()
    {
        foreach (var line in File.ReadLines(SharedData.Find("corpus/IMAGE_INDEX.tsv")).Skip(1))
        {
            var path = line.Split('\t')[0];
            var error = Record.Exception(() => Decode(SharedData.Find($"corpus/{path}")));
            Assert.True(error is null or ImageException, $"{path}: {error}");
        }
    }

    private static IEnumerable<(string Path, string Details, string Md5)> Indexed(string format) =>
        File.ReadLines(SharedData.Find("corpus/IMAGE_INDEX.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Where(fields => fields[2] == format && fields[6] == "ok")
            .Select(fields => (fields[0], fields[5], fields[7]));

    private static bool IsExpectedToDiffer(string path, string details)
    {
        var name = Path.GetFileName(path);

        // Scans are missing: newer versions of libjpeg-turbo smooth such pictures differently.
        return name.StartsWith("peacock.progressive.scan", StringComparison.Ordinal)

            // Corrupt Huffman data, which versions of libjpeg-turbo resynchronise differently.
            || name == "hopper_bad_exif.jpg"

            // 16-bit grey and the transparent colour of 16 bits: Pillow changed.
            || (details.Contains("bd=16", StringComparison.Ordinal) && (details.Contains("ct=0", StringComparison.Ordinal) || details.Contains("trns=1", StringComparison.Ordinal)))

            // Indices beyond the palette: Pillow changed.
            || name is "invalid_palette_index.png" or "pal8badindex.bmp"

            // Old Pillow misread moves and odd literals of run lengths.
            || name is "badrle.bmp" or "pal4rle.bmp" or "pal4rlecut.bmp" or "pal4rletrns.bmp" or "pal8rletrns.bmp";
    }

    /// <summary>Damaged or exotic files that Pillow reads and Skia does not.</summary>
    private static bool IsExpectedToBeRefused(string path) => Path.GetFileName(path) is
        "x_interlaced_chck.png" or "xcsn0g01.png" or "broken_data_stream.png" or "issue_2811.gif" or "no_palette.gif"
        or "badplanes.bmp" or "pal8os2sp.bmp" or "mmap_error.bmp" or "imagemagick_invalid_run_length_issue_2321.bmp";

    /// <returns>256 for pictures of different sizes.</returns>
    private static int LargestDifference(PixelBuffer<byte> one, PixelBuffer<byte> other)
    {
        if ((one.Width, one.Height) != (other.Width, other.Height))
        {
            return 256;
        }

        var largest = 0;
        for (var index = 0; index < one.Length; index++)
        {
            largest = Math.Max(largest, Math.Abs(one.Values[index] - other.Values[index]));
        }

        return largest;
    }

    private PixelBuffer<byte> Decode(string path) =>
        _decoder.Decode(File.ReadAllBytes(path), DecodeLimits.Default, AsStored, TestContext.Current.CancellationToken);

    private static string Md5(PixelBuffer<byte> image)
    {
        // MD5 is the index's own fingerprint and guards nothing.
#pragma warning disable CA5351
        return Convert.ToHexStringLower(MD5.HashData(image.Values));
#pragma warning restore CA5351
    }
}
