using System.Globalization;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package.Inferring;

/// <summary>What the shape of an input tells of the pictures that it takes; null is what it does not.</summary>
internal sealed record PictureInput(int? Width, int? Height, int? Channels, TensorLayout Layout, string Source)
{
    public static PictureInput Of(TensorSpec input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = input.Shape;
        var source = $"the signature: {input.Name} is {input.DataType}{shape}";
        return shape switch
        {
            { HasRank: true, Rank: 4 } => OfPicture(shape, source),
            { HasRank: true, Rank: 3 } => new PictureInput(Side(shape[2]), Side(shape[1]), 1, TensorLayout.Nhwc, source),
            { HasRank: true, Rank: 2 } when shape[1] > 0 => OfLength(shape[1], source),
            _ => new PictureInput(null, null, null, TensorLayout.Nhwc, source),
        };
    }

    private static PictureInput OfPicture(PartialShape shape, string source) =>
        shape[1] is 1 or 3 && shape[3] is not (1 or 3)
            ? new PictureInput(Side(shape[3]), Side(shape[2]), shape[1], TensorLayout.Nchw, source)
            : new PictureInput(Side(shape[2]), Side(shape[1]), shape[3] is 1 or 3 ? shape[3] : null, TensorLayout.Nhwc, source);

    /// <summary>A flat input is told to be a square where only one number of channels makes it one.</summary>
    private static PictureInput OfLength(int length, string source)
    {
        var (gray, rgb) = (SquareSide(length), length % 3 == 0 ? SquareSide(length / 3) : null);
        if (gray is null == rgb is null)
        {
            return new PictureInput(null, null, null, TensorLayout.Nhwc, source);
        }

        var (side, channels) = gray is { } found ? (found, 1) : (rgb!.Value, 3);
        var product = string.Create(CultureInfo.InvariantCulture, $"{length} = {side} x {side}{(channels == 1 ? string.Empty : " x 3")}");
        return new PictureInput(side, side, channels, TensorLayout.Nhwc, $"{source}, {product}");
    }

    private static int? SquareSide(int length) => (int)Math.Round(Math.Sqrt(length)) is var side && side * side == length && side <= ManifestLimits.MaxSide ? side : null;

    private static int? Side(int dimension) => dimension is >= 1 and <= ManifestLimits.MaxSide ? dimension : null;
}
