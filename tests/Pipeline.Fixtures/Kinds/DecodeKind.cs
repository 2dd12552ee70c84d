using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;
using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;

namespace Pipeline.Fixtures.Kinds;

/// <summary>
/// Pictures with the pixels of reference decoders. A case passes where all its binding outputs are equal; where some are not built it is skipped
/// by their names, and fails all the same where a built one differs.
/// </summary>
public sealed class DecodeKind : IFixtureKind
{
    private static readonly DecodeOptions AsStored = new() { ApplyOrientation = false };

    private readonly ImageDecoder _decoder = new(TimeProvider.System);

    public string Kind => "decode";

    public FixtureResult Run(FixtureCase fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var file = File.ReadAllBytes(fixture.FullPath);
        return fixture.Fields.GetProperty("class").GetString() switch
        {
            "ok" => RunGood(fixture, file),
            "damaged" => RunDamaged(fixture, file),
            "refuse" => RunRefused(fixture, file),
            var other => FixtureResult.Skipped($"decode class {other} is not built yet"),
        };
    }

    private FixtureResult RunGood(FixtureCase fixture, byte[] file)
    {
        var recorded = new RecordedPixels(fixture);
        var source = new DecodeSource(_decoder, file);
        var notBuilt = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in recorded.Names.Where(DecodeOutput.IsBinding))
        {
            var shape = recorded.Shape(name);
            var output = DecodeOutput.For(name, shape[^1], shape.Length, source);
            if (output.NotBuilt is { } reason)
            {
                notBuilt.Add(reason);
                continue;
            }

            try
            {
                var image = Decode(file, output.Options);
                var result = Compare(recorded, name, image, output.IsBgr);
                if (result.Verdict == FixtureVerdict.Failed)
                {
                    return result;
                }
            }
            catch (UnsupportedImageException unsupported)
            {
                notBuilt.Add(unsupported.Detail ?? unsupported.Message);
            }
        }

        return notBuilt.Count == 0
            ? FixtureResult.Passed(0)
            : FixtureResult.Skipped($"decode of {source.Header.Format}: not built yet: {string.Join("; ", notBuilt)}");
    }

    private FixtureResult RunDamaged(FixtureCase fixture, byte[] file)
    {
        var recorded = new RecordedPixels(fixture);
        foreach (var reference in Enum.GetValues<PixelReference>())
        {
            PixelBuffer<byte> image;
            try
            {
                image = Decode(file, AsStored with { Reference = reference });
            }
            catch (ImageException)
            {
                continue;
            }

            var results = recorded.Names.Where(DecodeOutput.IsBinding).Where(name => recorded.Shape(name) is { Length: 3 } shape && shape[2] == 3)
                .Select(name => Compare(recorded, name, image, name.StartsWith("cv2_", StringComparison.Ordinal))).ToList();
            if (results.All(result => result.Verdict == FixtureVerdict.Failed))
            {
                return FixtureResult.Failed($"{reference}: neither refused nor equal to one of {results.Count} outputs: {results.FirstOrDefault()?.Reason}");
            }
        }

        return FixtureResult.Passed(0);
    }

    private FixtureResult RunRefused(FixtureCase fixture, byte[] file)
    {
        var format = fixture.Fields.GetProperty("format").GetString();
        try
        {
            var image = Decode(file, AsStored);
            return FixtureResult.Failed($"decoded to {image.Width} x {image.Height} pixels, expected a refusal");
        }
        catch (ImageException refusal)
        {
            return (format, refusal) switch
            {
                ("", not UnknownImageException) => FixtureResult.Failed($"refused as {refusal.GetType().Name}, expected an unknown type: {refusal.Message}"),
                ("jpeg" or "png" or "webp" or "gif" or "bmp" or "", _) => FixtureResult.Passed(),
                (_, UnsupportedImageException unsupported) when unsupported.Format == format => FixtureResult.Passed(),
                _ => FixtureResult.Failed($"refused as {refusal.GetType().Name}, expected the name {format}: {refusal.Message}"),
            };
        }
    }

    private PixelBuffer<byte> Decode(byte[] file, DecodeOptions options) => _decoder.Decode(file, DecodeLimits.Default, options, CancellationToken.None);

    private static FixtureResult Compare(RecordedPixels recorded, string name, PixelBuffer<byte> image, bool isBgr)
    {
        var pixels = image.Values.ToArray();
        for (var index = 0; isBgr && index < pixels.Length; index += 3)
        {
            (pixels[index], pixels[index + 2]) = (pixels[index + 2], pixels[index]);
        }

        return recorded.Compare(name, image.Height, image.Width, image.Channels, pixels);
    }
}
