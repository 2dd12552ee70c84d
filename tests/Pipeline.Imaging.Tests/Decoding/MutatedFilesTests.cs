using System.Diagnostics;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Decoding;

/// <summary>Pictures cut and overwritten at random: pixels or a typed error, soon.</summary>
public sealed class MutatedFilesTests
{
    private const int FilesPerFormat = 40;
    private const int MutationsPerFile = 12;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly DecodeOptions[] Options =
    [
        DecodeOptions.Default,
        new() { Color = PixelColor.Rgba, AcceptTruncated = true },
        new() { Color = PixelColor.Gray, Alpha = AlphaTreatment.White, Reference = PixelReference.TensorFlow, AcceptTruncated = true },
    ];

    private readonly ImageDecoder _decoder = new(TimeProvider.System);

    [Theory]
    [InlineData("*.jpg", 11)]
    [InlineData("*.png", 12)]
    [InlineData("*.webp", 13)]
    [InlineData("*.gif", 14)]
    [InlineData("*.bmp", 15)]
    public void Decode_MutatedFile_GivesPixelsOrATypedError(string pattern, int seed)
    {
        var random = SeededRandom.Create(seed);
        var files = Directory.GetFiles(Path.Combine(SharedData.Find("fixtures/images"), "files"), pattern).Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(files);
        foreach (var path in files.Take(FilesPerFormat))
        {
            var original = File.ReadAllBytes(path);
            for (var mutation = 0; mutation < MutationsPerFile && original.Length > 0; mutation++)
            {
                DecodeSafely(Mutate(original, random), Options[mutation % Options.Length], $"{Path.GetFileName(path)}, mutation {mutation} of seed {seed}");
            }
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var file = random.Next(3) == 0 ? original[..random.Next(original.Length)] : (byte[])original.Clone();
        for (var count = random.Next(1, 8); count > 0 && file.Length > 0; count--)
        {
            // Headers decide most: half of the bytes are overwritten there.
            var reach = random.Next(2) == 0 ? Math.Min(file.Length, 64) : file.Length;
            file[random.Next(reach)] = random.Next(3) == 0 ? (byte)(random.Next(2) * 255) : (byte)random.Next(256);
        }

        return file;
    }

    private void DecodeSafely(byte[] file, DecodeOptions options, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            var image = _decoder.Decode(file, DecodeLimits.Default, options, TestContext.Current.CancellationToken);
            Assert.True(image.Length > 0, what);
        }
        catch (ImageException refusal)
        {
            Assert.NotEmpty(refusal.Message);
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{what}: {error}");
        }

        Assert.True(Debugger.IsAttached || TimeProvider.System.GetElapsedTime(started) < Longest, $"{what} took longer than {Longest}.");
    }
}
