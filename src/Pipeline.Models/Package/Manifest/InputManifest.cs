using System.Collections.Immutable;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Resizing;

namespace Pipeline.Models.Package.Manifest;

/// <summary>How a picture becomes the model's input, exactly as at training.</summary>
public sealed record InputManifest
{
    /// <summary>The signature's name of the input; null: the only one.</summary>
    public string? Tensor { get; init; }

    /// <summary>Pixels; null: as the signature's shape says.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels; null: as the signature's shape says.</summary>
    public int? Height { get; init; }

    /// <summary>Whose pixels the model was trained on.</summary>
    public PixelReference Decode { get; init; } = ManifestNames.Decode.Default;

    /// <summary>Whether the picture is turned as its EXIF orientation says, before everything else.</summary>
    public bool ApplyOrientation { get; init; } = ManifestNames.Orientation.Default;

    public ChannelOrder Color { get; init; } = ManifestNames.Color.Default;

    /// <summary>What becomes of transparency.</summary>
    public AlphaTreatment Alpha { get; init; } = ManifestNames.Alpha.Default;

    /// <summary>Whether a picture that ends early is taken.</summary>
    public bool AcceptTruncated { get; init; } = ManifestNames.Truncated.Default;

    /// <summary>A JPEG is decoded at 1/scale of its size: 1, 2, 4 or 8.</summary>
    public int Scale { get; init; } = 1;

    public FitMode Fit { get; init; } = ManifestNames.Fit.Default;

    /// <summary>The short side in pixels; there where <see cref="Fit"/> is <see cref="FitMode.ShortSide"/>.</summary>
    public int? ResizeTo { get; init; }

    /// <summary>The kept share of each side, above 0 and up to 1; there where <see cref="Fit"/> is <see cref="FitMode.Central"/>.</summary>
    public double? Fraction { get; init; }

    /// <summary>The colour around a contained picture: one value, or one a channel in the order of <see cref="Color"/>.</summary>
    public ImmutableArray<byte> Pad { get; init; } = [0];

    /// <summary>The name of the resize method.</summary>
    public required string Resize { get; init; }

    /// <summary>Only for TensorFlow 1's methods.</summary>
    public bool AlignCorners { get; init; }

    /// <summary>One value, or one a channel in the order of <see cref="Color"/>; null: not said.</summary>
    public ImmutableArray<float>? Mean { get; init; }

    /// <summary>Above 0; as many as <see cref="Mean"/> may have. Null where <see cref="Mean"/> is.</summary>
    public ImmutableArray<float>? Std { get; init; }

    public TensorLayout Layout { get; init; } = ManifestNames.Layout.Default;

    /// <summary>1 or 3.</summary>
    public int Channels => Color == ChannelOrder.Gray ? 1 : 3;
}
