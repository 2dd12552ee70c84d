using System.Collections.Immutable;
using Pipeline.Inference.Execution;
using Pipeline.Models.Package.Folders;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.SavedModel;

namespace Pipeline.Models.Package.Inferring;

/// <summary>
/// Finds out from a model's files how it is to be fed and read. Teachable Machine's exports, models that normalise their pixels themselves and models of
/// byte input tell it; what no file tells becomes a question.
/// </summary>
public static class ManifestInference
{
    private const string SignaturePath = "$.signature";

    /// <summary>Looks at a model as if it had no manifest.</summary>
    /// <param name="folder">A SavedModel.</param>
    /// <exception cref="InvalidModelException">The folder holds no model, or its files are broken.</exception>
    /// <exception cref="UnsupportedModelException">The model needs what is not built, or is no classifier of one picture; everything is listed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static InferredManifest Infer(string folder, InferenceHints? hints = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        PackageFolder.RefuseUnlessModel(folder);
        hints ??= InferenceHints.None;
        return (hints.Signature ?? SignatureChoice.Of(SavedModelSignatures.NamesOf(folder))) is { } signature
            ? Infer(folder, SignatureChoice.Read(folder, signature), hints)
            : OfSeveralSignatures(folder, hints);
    }

    /// <summary>As <see cref="Infer(string, InferenceHints?)"/>, of a model that was read.</summary>
    internal static InferredManifest Infer(string folder, SavedModelGraph model, InferenceHints hints)
    {
        var findings = new InferenceFindings();
        var outputs = model.Outputs.Where(output => ScoreReader.IsScores(output.DataType, output.Shape) && output.Name == (hints.Output ?? output.Name)).ToImmutableArray();
        if (outputs.IsEmpty)
        {
            var found = string.Join(", ", model.Outputs.Select(output => $"{output.Name}: {output.DataType}{output.Shape}"));
            throw new UnsupportedModelException(
                folder, [new UnsupportedNode("Signature", model.SignatureName, "outputs", $"it has {found}; {ScoreReader.Works} can be read as scores of classes")]);
        }

        var input = model.Inputs[0];
        var spec = new TensorSpec(input.Name, input.DataType, input.Shape);
        var classes = outputs.Length == 1 ? ScoreReader.Classes(outputs[0].Shape) : null;
        var files = LabelFileSearch.Find(folder);
        var problem = hints.LabelFile is { } given ? LabelFileSearch.Judge(given, classes) : LabelFileSearch.Judge(folder, files, classes);
        var evidence = hints.LabelFile ?? (files is [var file] ? Path.Combine(folder, file) : files.IsEmpty ? LabelFileSearch.Above(folder) : null);
        findings.Know(SignaturePath, ManifestText.Of(model.SignatureName), hints.Signature is not null ? "given" : SourceOf(model));
        var activation = OutputActivation.Of(model.Graph, outputs[0].Name);
        var form = InputInference.Infer(model, spec, new LabelEvidence(LabelFileSearch.IsNumbered(evidence), activation), findings);
        OutputInference.Infer(model, outputs, findings);
        if (problem is null && hints.LabelFile is null)
        {
            findings.Know("$.output.labels", ManifestText.Of(files[0]), $"the only label file{(classes is null ? string.Empty : $", of {classes} labels for {classes} classes")}");
        }

        return findings.ToManifest(folder, form, problem);
    }

    private static string SourceOf(SavedModelGraph model) =>
        model.SignatureNames.Length == 1 ? "the only signature" : $"the usual one of {string.Join(", ", model.SignatureNames)}";

    /// <summary>Each signature that can be a classifier of pictures is an answer, with all that is likely of it.</summary>
    private static InferredManifest OfSeveralSignatures(string folder, InferenceHints hints)
    {
        var names = SavedModelSignatures.NamesOf(folder);
        if (names.IsEmpty)
        {
            throw new InvalidModelException(folder, "signatures", $"one, best named {SavedModelReadOptions.Default.Signature}", "none");
        }

        var choices = new List<LikelyAnswer>();
        foreach (var name in names)
        {
            choices.Add(new LikelyAnswer($"Signature {name}", LikelyValues(folder, hints with { Signature = name })));
        }

        // What can be run comes first: it has more values than its name.
        ImmutableArray<LikelyAnswer> ordered = [.. choices.OrderByDescending(choice => choice.Values.Length > 1)];
        var question = new OpenQuestion([SignaturePath], $"there are {names.Length} signatures, {string.Join(", ", names)}, and none is {SavedModelReadOptions.Default.Signature}", ordered);
        return new InferredManifest(folder, "model of several signatures", [], [question], null);
    }

    private static ImmutableArray<InferredValue> LikelyValues(string folder, InferenceHints hints)
    {
        try
        {
            var inferred = Infer(folder, SignatureChoice.Read(folder, hints.Signature!), hints);
            return [.. inferred.Values, .. inferred.Questions.SelectMany(question => question.Choices[0].Values)];
        }
        catch (Exception error) when (error is UnsupportedModelException or InvalidModelException)
        {
            return [new InferredValue(SignaturePath, ManifestText.Of(hints.Signature!), "one of several")];
        }
    }
}
