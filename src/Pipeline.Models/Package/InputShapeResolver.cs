using System.Globalization;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package;

/// <summary>Holds the size, colour and layout of a manifest against the shape of the model's input.</summary>
internal sealed class InputShapeResolver
{
    private readonly InputManifest _manifest;
    private readonly TensorSpec _input;
    private readonly ManifestFindings _findings;
    private readonly string _described;

    public InputShapeResolver(InputManifest manifest, TensorSpec input, ManifestFindings findings)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(findings);
        _manifest = manifest;
        _input = input;
        _findings = findings;
        _described = $"\"{input.Name}\", which is {input.DataType}{input.Shape}";
    }

    /// <returns>Null where manifest and model do not go together; the findings say why.</returns>
    public InputShape? Resolve()
    {
        var shape = _input.Shape;
        if (!shape.HasRank)
        {
            return Picture(PartialShape.OfRank(4));
        }

        if (shape.Rank > 0 && shape[0] is not (1 or PartialShape.UnknownDimension))
        {
            _findings.Unsupported("$.input.tensor", _described, "a batch of 1 or of any size");
            return null;
        }

        switch (shape.Rank)
        {
            case 4:
                return Picture(shape);
            case 3 when _manifest.Color == ChannelOrder.Gray:
                return Sides(shape[1], shape[2]) is var (width, height) ? new InputShape(width, height, Shape.Of(1, height, width)) : null;
            case 2:
                return Flat(shape[1]);
            default:
                _findings.Unsupported(
                    "$.input.tensor",
                    _described,
                    "one picture as [1, height, width, channels] or [1, channels, height, width], grey as [1, height, width], or flat as [1, length]");
                return null;
        }
    }

    private InputShape? Picture(PartialShape shape)
    {
        var isNhwc = _manifest.Layout == TensorLayout.Nhwc;
        var (y, x, c) = isNhwc ? (1, 2, 3) : (2, 3, 1);
        if (shape[c] != PartialShape.UnknownDimension && shape[c] != _manifest.Channels)
        {
            RefuseChannels(shape, c);
            return null;
        }

        return Sides(shape[y], shape[x]) is var (width, height)
            ? new InputShape(width, height, isNhwc ? Shape.Of(1, height, width, _manifest.Channels) : Shape.Of(1, _manifest.Channels, height, width))
            : null;
    }

    private InputShape? Flat(int known)
    {
        if (Sides(PartialShape.UnknownDimension, PartialShape.UnknownDimension) is not var (width, height))
        {
            return null;
        }

        var length = height * width * _manifest.Channels;
        if (known == PartialShape.UnknownDimension || known == length)
        {
            return new InputShape(width, height, Shape.Of(1, length));
        }

        _findings.Invalid(
            "$.input.width",
            $"{width} x {height} pixels of {_manifest.Channels} channels: {length} values",
            $"a size of {known} values, for the input {_described}");
        return null;
    }

    private (int Width, int Height)? Sides(int knownHeight, int knownWidth)
    {
        var width = Side("width", _manifest.Width, knownWidth);
        var height = Side("height", _manifest.Height, knownHeight);
        return width is null || height is null ? null : (width.Value, height.Value);
    }

    private int? Side(string key, int? said, int known)
    {
        if (known == PartialShape.UnknownDimension)
        {
            if (said is null)
            {
                _findings.Invalid($"$.input.{key}", "nothing", $"the pixels of training, which the input {_described}, does not tell");
            }

            return said;
        }

        if (known is < 1 or > ManifestLimits.MaxSide)
        {
            _findings.Unsupported("$.input.tensor", _described, $"1 to {ManifestLimits.MaxSide} pixels a side");
            return null;
        }

        if (said is not null && said != known)
        {
            _findings.Invalid($"$.input.{key}", said.Value.ToString(CultureInfo.InvariantCulture), $"{known}, for the input {_described}");
            return null;
        }

        return known;
    }

    private void RefuseChannels(PartialShape shape, int axis)
    {
        var other = _manifest.Layout == TensorLayout.Nhwc ? TensorLayout.Nchw : TensorLayout.Nhwc;
        if (shape[other == TensorLayout.Nhwc ? 3 : 1] == _manifest.Channels)
        {
            _findings.Invalid(
                "$.input.layout",
                $"\"{ManifestNames.Layout.NameOf(_manifest.Layout)}\"",
                $"\"{ManifestNames.Layout.NameOf(other)}\", for the input {_described}");
            return;
        }

        _findings.Invalid(
            "$.input.color",
            $"\"{ManifestNames.Color.NameOf(_manifest.Color)}\", {_manifest.Channels} channels",
            $"a color of {shape[axis]} channels, for the input {_described}");
    }
}
