using System.Collections.Immutable;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.SavedModel;

namespace Pipeline.Models.Package.Inferring;

/// <summary>Finds out how a model's output is read.</summary>
internal static class OutputInference
{
    private const string TensorPath = "$.output.tensor";
    private const string ActivationPath = "$.output.activation";

    /// <param name="outputs">Those that can hold scores; at least one.</param>
    public static void Infer(SavedModelGraph model, ImmutableArray<SavedModelTensor> outputs, InferenceFindings findings)
    {
        if (outputs.Length == 1)
        {
            findings.Know(TensorPath, ManifestText.Of(outputs[0].Name), model.Outputs.Length == 1 ? "the only output" : "the only output that holds scores");
            InferActivation(model, outputs[0], findings);
            return;
        }

        ImmutableArray<LikelyAnswer> choices =
        [
            .. outputs.Select(output => InferenceFindings.Answer(
                $"Output {output.Name}, {output.DataType}{output.Shape}",
                (TensorPath, ManifestText.Of(output.Name)),
                (ActivationPath, ManifestText.Of(OutputActivation.IsActivated(model.Graph, output.Name) ? "none" : "softmax")))),
        ];
        findings.Ask([TensorPath], $"there are {outputs.Length} outputs that may hold scores, {string.Join(", ", outputs.Select(output => output.Name))}", choices);
    }

    private static void InferActivation(SavedModelGraph model, SavedModelTensor output, InferenceFindings findings)
    {
        if (OutputActivation.Of(model.Graph, output.Name) is { } activation)
        {
            findings.Know(ActivationPath, ManifestText.Of("none"), $"the output comes out of a {ManifestNames.Activation.NameOf(activation)} already");
            return;
        }

        var softmax = InferenceFindings.Answer("One label a picture", (ActivationPath, ManifestText.Of("softmax")));
        var sigmoid = InferenceFindings.Answer("Each label for itself", (ActivationPath, ManifestText.Of("sigmoid")));
        var isSingle = ScoreReader.Classes(output.Shape) == 1;
        findings.Ask(
            $"the output {output.Name} comes out of no softmax and no sigmoid, so that its scores need one (activation)",
            isSingle ? [sigmoid] : [softmax, sigmoid]);
    }
}
