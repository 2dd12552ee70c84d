using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Fixtures.Format;
using Pipeline.Imaging.Resizing;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Fixtures.Kinds.Preprocessing;

/// <summary>The steps of a <c>preprocess</c> case as a manifest's input.</summary>
internal static partial class PreprocessRecipe
{
    /// <returns>The manifest; or null, with what of the steps no manifest expresses today.</returns>
    public static InputManifest? Read(FixtureCase fixture, out string notBuilt)
    {
        var steps = fixture.Fields.GetProperty("steps");
        var (decode, resize, normalise) = (Text(steps, "decode"), Text(steps, "resize"), Text(steps, "normalise"));
        var manifest = ReadDecode(fixture, decode);
        notBuilt = manifest is null ? $"decode {decode} of {Path.GetExtension(fixture.Path)}" : string.Empty;
        if (manifest is null)
        {
            return null;
        }

        manifest = ReadResize(manifest, resize);
        notBuilt = manifest is null ? $"resize '{resize}'" : string.Empty;
        if (manifest is null)
        {
            return null;
        }

        manifest = ReadNormalise(manifest, steps, normalise);
        notBuilt = manifest is null ? $"normalise '{normalise}'" : string.Empty;
        return manifest is null ? null : manifest with
        {
            ApplyOrientation = steps.GetProperty("orient").GetBoolean(),
            Layout = Text(steps, "layout") == "NCHW" ? TensorLayout.Nchw : TensorLayout.Nhwc,
        };
    }

    /// <summary>TensorFlow's decoder differs from Pillow's for JPEG only.</summary>
    private static InputManifest? ReadDecode(FixtureCase fixture, string decode) => (decode, Path.GetExtension(fixture.Path)) switch
    {
        ("pillow_rgb", _) or ("tf_default", ".png" or ".gif" or ".bmp") => new InputManifest { Resize = string.Empty },
        ("pillow_l", _) => new InputManifest { Resize = string.Empty, Color = ChannelOrder.Gray },
        _ => null,
    };

    private static InputManifest? ReadResize(InputManifest manifest, string resize)
    {
        if (Stretched().Match(resize) is { Success: true } stretched)
        {
            return manifest with { Resize = Pillow(stretched) };
        }

        if (Fitted().Match(resize) is { Success: true } fitted)
        {
            return manifest with { Fit = FitMode.PillowFit, Resize = Pillow(fitted) };
        }

        if (ShortSide().Match(resize) is { Success: true } shortSide)
        {
            var side = int.Parse(shortSide.Groups["side"].ValueSpan, CultureInfo.InvariantCulture);
            return manifest with { Fit = FitMode.ShortSide, ResizeTo = side, Resize = Pillow(shortSide) };
        }

        if (TensorFlow().Match(resize) is { Success: true } tensorFlow)
        {
            return manifest with { Resize = $"tf-{tensorFlow.Groups["filter"].Value}" };
        }

        return TensorFlow1().IsMatch(resize) ? manifest with { Resize = "tf1-bilinear" } : null;
    }

    private static InputManifest? ReadNormalise(InputManifest manifest, JsonElement steps, string normalise)
    {
        if (normalise.StartsWith("none", StringComparison.Ordinal))
        {
            return manifest with { Mean = [0], Std = [1] };
        }

        if (Shifted().Match(normalise) is { Success: true } shifted)
        {
            return manifest with { Mean = [Number(shifted, "mean")], Std = [Number(shifted, "std")] };
        }

        if (Centred().Match(normalise) is { Success: true } centred)
        {
            return manifest with { Mean = [Number(centred, "half")], Std = [Number(centred, "half")] };
        }

        if (Scaled().Match(normalise) is { Success: true } scaled)
        {
            return manifest with { Mean = [0], Std = [Number(scaled, "std")] };
        }

        if (Caffe().Match(normalise) is { Success: true } caffe)
        {
            return manifest with { Color = ChannelOrder.Bgr, Mean = [Number(caffe, "b"), Number(caffe, "g"), Number(caffe, "r")], Std = [1] };
        }

        if (!normalise.StartsWith("torch:", StringComparison.Ordinal))
        {
            return null;
        }

        return manifest with { Mean = Times255(steps, "mean", [0.485, 0.456, 0.406]), Std = Times255(steps, "std", [0.229, 0.224, 0.225]) };
    }

    private static ImmutableArray<float> Times255(JsonElement steps, string key, double[] imageNet)
    {
        var values = steps.TryGetProperty(key, out var given) ? given.EnumerateArray().Select(value => value.GetDouble()) : imageNet;
        return [.. values.Select(value => (float)(value * 255))];
    }

    private static string Pillow(Match match) => $"pil-{match.Groups["filter"].Value.ToLowerInvariant()}";

    private static float Number(Match match, string group) => float.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Text(JsonElement steps, string key) => steps.GetProperty(key).GetString()!;

    [GeneratedRegex(@"^PIL\.Image\.resize (?<filter>[A-Z]+)\z")]
    private static partial Regex Stretched();

    [GeneratedRegex(@"^PIL\.ImageOps\.fit (?<filter>[A-Z]+) \(cover, centre crop\)\z")]
    private static partial Regex Fitted();

    [GeneratedRegex(@"^short side to (?<side>[0-9]+), PIL\.Image\.resize (?<filter>[A-Z]+), centre crop [0-9]+\z")]
    private static partial Regex ShortSide();

    [GeneratedRegex(@"^(convert to float32 0\.\.1, then )?tf\.image\.resize (?<filter>[a-z0-9]+)\z")]
    private static partial Regex TensorFlow();

    [GeneratedRegex(@"^TensorFlow\.js resizeBilinear\(alignCorners=false\)")]
    private static partial Regex TensorFlow1();

    [GeneratedRegex(@"^\(x - (?<mean>[0-9.]+)\) / (?<std>[0-9.]+)\z")]
    private static partial Regex Shifted();

    [GeneratedRegex(@"^(tf: )?x / (?<half>[0-9.]+) - 1\z")]
    private static partial Regex Centred();

    [GeneratedRegex(@"^x (/ |\* \(1 / )(?<std>[0-9.]+)\)?( \(before the resize\))?\z")]
    private static partial Regex Scaled();

    [GeneratedRegex(@"^caffe: RGB to BGR, minus \((?<b>[0-9.]+), (?<g>[0-9.]+), (?<r>[0-9.]+)\)\z")]
    private static partial Regex Caffe();
}
