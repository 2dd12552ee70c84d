using System.Collections.Immutable;
using Pipeline.Imaging.Resizing;

namespace Pipeline.Models.Package.Manifest;

public static partial class ManifestReader
{
    private static readonly ImmutableArray<string> FitArguments = ["resizeTo", "fraction", "pad"];

    private static readonly NumberRule MeanRule = NumberRule.Between(-ManifestLimits.MaxMean, ManifestLimits.MaxMean);

    private static readonly NumberRule StdRule = NumberRule.Between(ManifestLimits.MinStd, ManifestLimits.MaxStd);

    private static InputManifest ReadInput(ManifestSection section)
    {
        var color = section.Named("color", ManifestNames.Color, ManifestNames.Color.Default);
        var channels = color == ChannelOrder.Gray ? 1 : 3;
        if (!section.Has("resize"))
        {
            section.Refuse("resize", $"one of {JsonText.List(ManifestNames.Resize)}: it has no default, scores depend on it");
        }

        var resize = section.OneOf("resize", ManifestNames.Resize);
        var input = new InputManifest
        {
            Tensor = section.Text("tensor", TextRule.Name),
            Width = section.Integer("width", 1, ManifestLimits.MaxSide),
            Height = section.Integer("height", 1, ManifestLimits.MaxSide),
            Decode = section.Named("decode", ManifestNames.Decode, ManifestNames.Decode.Default),
            ApplyOrientation = section.Named("orientation", ManifestNames.Orientation, ManifestNames.Orientation.Default),
            Color = color,
            Alpha = section.Named("alpha", ManifestNames.Alpha, ManifestNames.Alpha.Default),
            AcceptTruncated = section.Named("truncated", ManifestNames.Truncated, ManifestNames.Truncated.Default),
            Scale = section.Integer("scale", [1, 2, 4, 8]) ?? 1,
            Fit = section.Named("fit", ManifestNames.Fit, ManifestNames.Fit.Default),
            ResizeTo = section.Integer("resizeTo", 1, ManifestLimits.MaxSide),
            Fraction = section.Number("fraction", NumberRule.Fraction),
            Pad = section.PerChannel("pad", channels, NumberRule.Integer(0, 255)) is { } pad ? [.. pad.Select(value => (byte)value)] : [0],
            Resize = resize ?? string.Empty,
            AlignCorners = section.Boolean("alignCorners") ?? false,
            Mean = ToSingles(section.PerChannel("mean", channels, MeanRule)),
            Std = ToSingles(section.PerChannel("std", channels, StdRule)),
            Layout = section.Named("layout", ManifestNames.Layout, ManifestNames.Layout.Default),
        };
        CheckTogether(section, input);
        return input;
    }

    /// <summary>What one key demands of another.</summary>
    private static void CheckTogether(ManifestSection section, InputManifest input)
    {
        if (input.Fit == FitMode.ShortSide && !section.Has("resizeTo"))
        {
            section.Refuse("resizeTo", $"an integer from 1 to {ManifestLimits.MaxSide}, since fit is \"short-side\"");
        }

        if (input.Fit == FitMode.Central && !section.Has("fraction"))
        {
            section.Refuse("fraction", $"{NumberRule.Fraction.Allowed}, since fit is \"central\"");
        }

        // An argument of a fit that is not named is most likely a forgotten fit: it would be stretched in silence.
        if (!section.Has("fit") && FitArguments.Any(section.Has))
        {
            section.Refuse("fit", $"one of {JsonText.List(ManifestNames.Fit.Names)}, said where {string.Join(", ", FitArguments.Where(section.Has))} is given");
        }

        if (input.AlignCorners && section.Has("resize") && input.Resize.Length > 0 && !input.Resize.StartsWith("tf1-", StringComparison.Ordinal))
        {
            section.Refuse("alignCorners", $"false, since resize is \"{input.Resize}\": only the methods tf1-… align corners");
        }

        if (section.Has("mean") != section.Has("std"))
        {
            section.Refuse(section.Has("mean") ? "std" : "mean", "a value, since the other of mean and std is given");
        }
    }

    private static ImmutableArray<float>? ToSingles(ImmutableArray<double>? values)
    {
        if (values is not { } numbers)
        {
            return null;
        }

        var singles = ImmutableArray.CreateBuilder<float>(numbers.Length);
        foreach (var number in numbers)
        {
            singles.Add((float)number);
        }

        return singles.MoveToImmutable();
    }
}
