using Pipeline.Imaging.Decoding;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.SavedModel;

namespace Pipeline.Models.Package.Inferring;

/// <summary>Finds out how a model's input is made of a picture.</summary>
internal static class InputInference
{
    private const string Resize = "$.input.resize";
    private const string Mean = "$.input.mean";
    private const string Std = "$.input.std";
    private const int LargestPixel = 255;

    /// <returns>What kind of model it is.</returns>
    public static string Infer(SavedModelGraph model, TensorSpec input, LabelEvidence labels, InferenceFindings findings)
    {
        var picture = PictureInput.Of(input);
        var chain = InputChain.Read(model.Graph, input.Name, picture.Channels ?? 3, picture.Layout);
        findings.Know("$.input.tensor", ManifestText.Of(input.Name), "the only input");
        if (TeachableMachine.IsLikely(input, picture, chain, labels))
        {
            InferSize(picture, null, findings);
            TeachableMachine.Infer(findings);
            return "Teachable Machine export";
        }

        InferSize(picture, chain.Resize, findings);
        InferColor(picture, findings);
        var normalizesPixels = chain.Affine?.Normalizes(LargestPixel) == true;
        if (input.DataType == DataType.UInt8)
        {
            InferCustoms(chain.Resize, findings);
            return chain.Affine is null ? "model that takes bytes" : "model that takes bytes and normalises them itself";
        }

        if (!normalizesPixels || input.DataType == DataType.Int8)
        {
            AskForNormalization(input, chain.Affine, findings);
            AskForResize(chain.Resize, findings);
            return "model whose normalisation does not show";
        }

        var source = $"the graph normalises pixels of 0 to {LargestPixel} itself: {chain.Affine}";
        findings.Know(Mean, "0", source);
        findings.Know(Std, "1", source);
        InferCustoms(chain.Resize, findings);
        return "model that normalises its pixels itself (Rescaling or Normalization)";
    }

    private static void InferSize(PictureInput picture, GraphResize? resize, InferenceFindings findings)
    {
        var isFromGraph = picture.Width is null && picture.Height is null && resize is not null;
        var (width, height) = isFromGraph ? (resize!.Width, resize.Height) : (picture.Width, picture.Height);
        var source = isFromGraph ? $"the graph resizes to {width} x {height} itself" : picture.Source;
        if (width is not null && height is not null)
        {
            findings.Know("$.input.width", ManifestText.Of(width.Value), source);
            findings.Know("$.input.height", ManifestText.Of(height.Value), source);
            return;
        }

        findings.Ask(
            $"the size of pictures is left open by {picture.Source}",
            [.. ((int[])[224, 299]).Select(side => InferenceFindings.Answer(
                $"Pictures of {side} x {side}",
                ("$.input.width", ManifestText.Of(width ?? side)),
                ("$.input.height", ManifestText.Of(height ?? side))))]);
    }

    private static void InferColor(PictureInput picture, InferenceFindings findings)
    {
        switch (picture.Channels)
        {
            case 1:
                findings.Know("$.input.color", "\"gray\"", picture.Source);
                break;
            case 3:
                findings.Assume("$.input.color", "\"rgb\"", "three channels are red, green and blue unless someone says otherwise");
                break;
            default:
                findings.Ask(
                    $"the number of channels is left open by {picture.Source}",
                    InferenceFindings.Answer("Coloured pictures", ("$.input.color", "\"rgb\"")),
                    InferenceFindings.Answer("Grey pictures", ("$.input.color", "\"gray\"")));
                break;
        }

        findings.Know("$.input.layout", ManifestText.Of(ManifestNames.Layout.NameOf(picture.Layout)), picture.Source);
    }

    /// <summary>What is usual where pictures come from image_dataset_from_directory.</summary>
    private static void InferCustoms(GraphResize? resize, InferenceFindings findings)
    {
        const string Custom = "as image_dataset_from_directory does";
        if (BuiltFeatures.IsBuilt(PixelReference.TensorFlow))
        {
            findings.Assume("$.input.decode", "\"tensorflow\"", Custom);
        }
        else
        {
            findings.Assume("$.input.decode", "\"pillow\"", "image_dataset_from_directory decodes JPEG a little differently (\"tensorflow\"), which is not built");
        }

        findings.Assume("$.input.orientation", "\"apply\"", "people upload photos that are to be turned; TensorFlow itself never turns one");
        findings.Assume("$.input.fit", "\"stretch\"", resize is null ? Custom : "as the graph's own resize does");
        if (resize is null)
        {
            findings.Assume(Resize, "\"tf-bilinear\"", $"{Custom}; load_img and others resize differently, which pipeline model verify tells");
            return;
        }

        KnowResize(resize, findings);
    }

    private static void KnowResize(GraphResize resize, InferenceFindings findings)
    {
        findings.Know(Resize, ManifestText.Of(resize.Method), "the graph's own resize, done beforehand");
        if (resize.AlignCorners)
        {
            findings.Know("$.input.alignCorners", "true", "the graph's own resize, done beforehand");
        }
    }

    private static void AskForNormalization(TensorSpec input, ChannelAffine? affine, InferenceFindings findings)
    {
        if (input.DataType == DataType.Int8)
        {
            findings.Ask(
                $"the range of values of the input {input.Name}, {input.DataType}, is not known (mean, std)",
                Normalized("Pixels from -128 to 127", 128, 1),
                Normalized("Pixels from 0 to 127", 0, 2));
            return;
        }

        var signed = Normalized("Pixels from -1 to 1 (MobileNet, Inception, Xception, EfficientNet-Lite, Teachable Machine)", 127.5, 127.5);
        var unsigned = Normalized("Pixels from 0 to 1 (TensorFlow Hub)", 0, 255);
        var isNormalizedFromOne = affine?.Normalizes(1) == true;
        findings.Ask(
            isNormalizedFromOne
                ? $"the graph normalises values of about 0 to 1 ({affine}), not pixels of 0 to {LargestPixel}, and how they come to that is not known (mean, std)"
                : "how pixels of 0 to 255 become its values is not known: nothing in the graph normalises them (mean, std)",
            isNormalizedFromOne ? [unsigned, signed] : [signed, unsigned]);
    }

    private static void AskForResize(GraphResize? resize, InferenceFindings findings)
    {
        if (resize is not null)
        {
            KnowResize(resize, findings);
            return;
        }

        findings.Ask(
            "how pictures were resized at training is not known (fit, resize)",
            [.. ((string[])["tf-bilinear", "pil-bilinear", "pil-bicubic"]).Select(method => InferenceFindings.Answer($"Stretched by {method}", (Resize, ManifestText.Of(method))))]);
    }

    private static LikelyAnswer Normalized(string meaning, double mean, double std) =>
        InferenceFindings.Answer(meaning, (Mean, ManifestText.Of(mean)), (Std, ManifestText.Of(std)));
}
