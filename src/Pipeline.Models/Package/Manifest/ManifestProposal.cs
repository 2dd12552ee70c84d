using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Package.Manifest;

/// <summary>A manifest that a model without one may need.</summary>
/// <param name="Meaning">What it stands for, as the beginning of a sentence.</param>
/// <param name="Json">The manifest's text.</param>
public sealed record ManifestProposal(string Meaning, string Json)
{
    /// <summary>Where the signature leaves a side open.</summary>
    private const int UsualSide = 224;

    private static readonly ImmutableArray<Candidate> FloatCandidates =
    [
        new("Pixels from -1 to 1 (MobileNet, Inception, Xception, EfficientNet-Lite, Teachable Machine)", "tf-bilinear", 127.5, 127.5),
        new("Pixels from 0 to 1 (TensorFlow Hub)", "tf-bilinear", 0, 255),
    ];

    private static readonly ImmutableArray<Candidate> UnsignedCandidates =
    [
        new("Pixels as they are, resized as TensorFlow does", "tf-bilinear", null, null),
        new("Pixels as they are, resized as Pillow does", "pil-bilinear", null, null),
    ];

    private static readonly ImmutableArray<Candidate> SignedCandidates =
    [
        new("Pixels from -128 to 127, resized as TensorFlow does", "tf-bilinear", 128, 1),
        new("Pixels from -128 to 127, resized as Pillow does", "pil-bilinear", 128, 1),
    ];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The likely manifests of a model, with the names and sizes that its signature states.</summary>
    /// <param name="isActivated">Whether the output is known to come out of a softmax or sigmoid.</param>
    public static ImmutableArray<ManifestProposal> For(string signature, TensorSpec input, TensorSpec output, bool isActivated)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var candidates = input.DataType switch
        {
            DataType.UInt8 => UnsignedCandidates,
            DataType.Int8 => SignedCandidates,
            _ => FloatCandidates,
        };
        return [.. candidates.Select(candidate => Create(candidate, signature, input, output, isActivated))];
    }

    private static ManifestProposal Create(Candidate candidate, string signature, TensorSpec input, TensorSpec output, bool isActivated)
    {
        var (height, width, channels, layout) = Describe(input.Shape);
        var fed = new JsonObject
        {
            ["tensor"] = input.Name,
            ["width"] = width,
            ["height"] = height,
            ["color"] = channels == 1 ? "gray" : "rgb",
            ["fit"] = "stretch",
            ["resize"] = candidate.Resize,
        };
        if (candidate.Mean is { } mean && candidate.Std is { } std)
        {
            fed["mean"] = new JsonArray(mean);
            fed["std"] = new JsonArray(std);
        }

        fed["layout"] = ManifestNames.Layout.NameOf(layout);
        var manifest = new JsonObject
        {
            ["signature"] = signature,
            ["input"] = fed,
            ["output"] = new JsonObject { ["tensor"] = output.Name, ["activation"] = isActivated ? "none" : "softmax", ["top"] = 5, ["labels"] = "labels.txt" },
        };
        return new ManifestProposal(candidate.Meaning, manifest.ToJsonString(Indented));
    }

    private static (int Height, int Width, int Channels, TensorLayout Layout) Describe(PartialShape shape)
    {
        if (!shape.HasRank || shape.Rank != 4)
        {
            return shape is { HasRank: true, Rank: 3 } ? (Side(shape[1]), Side(shape[2]), 1, TensorLayout.Nhwc) : (UsualSide, UsualSide, 3, TensorLayout.Nhwc);
        }

        return shape[1] is 1 or 3 && shape[3] is not (1 or 3)
            ? (Side(shape[2]), Side(shape[3]), shape[1], TensorLayout.Nchw)
            : (Side(shape[1]), Side(shape[2]), shape[3], TensorLayout.Nhwc);
    }

    private static int Side(int dimension) => dimension is >= 1 and <= ManifestLimits.MaxSide ? dimension : UsualSide;

    private sealed record Candidate(string Meaning, string Resize, double? Mean, double? Std);
}
