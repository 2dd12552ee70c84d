using System.Text.RegularExpressions;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Package.Inferring;

/// <summary>Knows the exports of Teachable Machine, which all are fed alike.</summary>
internal static partial class TeachableMachine
{
    private const int Side = 224;

    /// <summary>
    /// Numbered labels, and a graph of the form: coloured square pictures of floats that nothing normalises, a softmax at the end; and either the
    /// size or the tensor's name that all of them have.
    /// </summary>
    public static bool IsLikely(TensorSpec input, PictureInput picture, InputChain chain, LabelEvidence labels) =>
        labels is { AreNumbered: true, Activation: Activation.Softmax }
        && chain is { Affine: null, Resize: null }
        && input.DataType == DataType.Float32
        && picture is { Channels: 3, Layout: TensorLayout.Nhwc, Width: { } width, Height: { } height }
        && width == height
        && (width == Side || InputName().IsMatch(input.Name));

    /// <summary>All but the size.</summary>
    public static void Infer(InferenceFindings findings)
    {
        const string Source = "Teachable Machine: labels.txt with numbers, and the graph's form";
        findings.Know("$.input.decode", "\"pillow\"", Source);
        findings.Know("$.input.color", "\"rgb\"", Source);
        findings.Know("$.input.fit", "\"pil-fit\"", Source);
        findings.Know("$.input.resize", "\"pil-lanczos\"", Source);
        findings.Know("$.input.mean", "127.5", Source);
        findings.Know("$.input.std", "127.5", Source);
        findings.Know("$.input.layout", "\"nhwc\"", Source);
    }

    [GeneratedRegex(@"^sequential(?:_\d+)?_input\z", RegexOptions.CultureInvariant)]
    private static partial Regex InputName();
}
