using System.Collections.Immutable;
using System.Globalization;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Verifying;

/// <summary>The ways in which published models are fed, the most usual first.</summary>
internal static class CandidateParts
{
    private const string Color = "$.input.color";
    private const string Mean = "$.input.mean";
    private const string Std = "$.input.std";
    private const double CroppedShare = 0.875;

    /// <summary>ImageNet's mean, red, green and blue, on 0 to 255.</summary>
    private static readonly ImmutableArray<double> ImageNetMean = [123.675, 116.28, 103.53];

    /// <summary>ImageNet's standard deviation.</summary>
    private static readonly ImmutableArray<double> ImageNetDeviation = [58.395, 57.12, 57.375];

    /// <summary>The mean that Caffe's models, and Keras' of that family, take off.</summary>
    private static readonly ImmutableArray<double> CaffeMean = [123.68, 116.779, 103.939];

    /// <summary>What the values of the input may mean.</summary>
    public static ImmutableArray<CandidatePart> Values(DataType input, ChannelOrder color) => (input, color) switch
    {
        (DataType.UInt8, ChannelOrder.Gray) => [CandidatePart.Of("bytes, gray", (Color, "\"gray\""), (Mean, null), (Std, null))],
        (DataType.UInt8, _) => [Bytes("rgb"), Bytes("bgr")],
        (DataType.Int8, ChannelOrder.Gray) => [Scaled("-128 to 127", "gray", 128, 1), Scaled("0 to 127", "gray", 0, 2)],
        (DataType.Int8, _) => [Scaled("-128 to 127", "rgb", 128, 1), Scaled("0 to 127", "rgb", 0, 2), Scaled("-128 to 127", "bgr", 128, 1), Scaled("0 to 127", "bgr", 0, 2)],
        (_, ChannelOrder.Gray) => [.. Scales("gray"), Scaled("MNIST's mean and deviation", "gray", 33.3184, 78.5655)],
        _ => [.. Coloured("rgb", ImageNetMean, ImageNetDeviation, CaffeMean), .. Coloured("bgr", Reversed(ImageNetMean), Reversed(ImageNetDeviation), Reversed(CaffeMean))],
    };

    /// <summary>How pictures may come to the size of the input.</summary>
    public static ImmutableArray<CandidatePart> Resizing(int width, int height)
    {
        var parts = ImmutableArray.CreateBuilder<CandidatePart>();
        foreach (var method in (string[])["tf-bilinear", "pil-bilinear", "pil-nearest", "pil-bicubic", "pil-lanczos", "tf-nearest", "tf-bicubic", "tf-area", "tf-bilinear-antialias", "tf1-bilinear"])
        {
            parts.Add(Fitted("stretch", method));
        }

        parts.AddRange(Fitted("cover", "pil-bicubic"), Fitted("cover", "tf-bilinear"), Fitted("pil-fit", "pil-lanczos"), Fitted("contain", "pil-bilinear"));
        parts.Add(Fitted("central", "tf-bilinear", ("$.input.fraction", ManifestText.Of(CroppedShare))));
        if (width == height)
        {
            var shortSide = (int)Math.Round(width / CroppedShare);
            var resizeTo = ("$.input.resizeTo", shortSide.ToString(CultureInfo.InvariantCulture));
            parts.AddRange(Fitted("short-side", "pil-bilinear", resizeTo), Fitted("short-side", "pil-bicubic", resizeTo));
        }

        return parts.ToImmutable();
    }

    private static IEnumerable<CandidatePart> Coloured(string color, ImmutableArray<double> mean, ImmutableArray<double> deviation, ImmutableArray<double> taken) =>
    [
        .. Scales(color),
        CandidatePart.Of($"ImageNet's mean and deviation, {color}", (Color, ManifestText.Of(color)), (Mean, ManifestText.Of(mean.AsSpan())), (Std, ManifestText.Of(deviation.AsSpan()))),
        CandidatePart.Of($"mean taken off (Caffe), {color}", (Color, ManifestText.Of(color)), (Mean, ManifestText.Of(taken.AsSpan())), (Std, "1")),
    ];

    private static IEnumerable<CandidatePart> Scales(string color) => [Scaled("-1 to 1", color, 127.5, 127.5), Scaled("0 to 1", color, 0, 255), Scaled("0 to 255", color, 0, 1)];

    private static CandidatePart Scaled(string name, string color, double mean, double std) =>
        CandidatePart.Of($"{name}, {color}", (Color, ManifestText.Of(color)), (Mean, ManifestText.Of(mean)), (Std, ManifestText.Of(std)));

    private static CandidatePart Bytes(string color) => CandidatePart.Of($"bytes, {color}", (Color, ManifestText.Of(color)), (Mean, null), (Std, null));

    private static CandidatePart Fitted(string fit, string method, params ReadOnlySpan<(string Path, string Json)> arguments)
    {
        var values = new List<(string, string?)>
        {
            ("$.input.fit", ManifestText.Of(fit)),
            ("$.input.resize", ManifestText.Of(method)),
            ("$.input.alignCorners", null),
            ("$.input.resizeTo", null),
            ("$.input.fraction", null),
            ("$.input.pad", null),
        };
        var named = string.Empty;
        foreach (var (path, json) in arguments)
        {
            values.Add((path, json));
            named += $" {json}";
        }

        return CandidatePart.Of($"{fit}{named}, {method}", [.. values]);
    }

    private static ImmutableArray<double> Reversed(ImmutableArray<double> values) => [.. values.Reverse()];
}
