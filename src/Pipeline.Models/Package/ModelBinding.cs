using System.Collections.Immutable;
using Pipeline.Inference.Execution;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package;

/// <summary>A manifest and its labels held against a model's signature.</summary>
internal sealed record ModelBinding(TensorSpec Input, TensorSpec Output, Preprocessor Preprocessor, Postprocessor Postprocessor, ImmutableArray<string> Labels)
{
    /// <param name="inputs">Of the signature.</param>
    /// <param name="outputs">Of the signature.</param>
    /// <param name="isActivated">Whether an output comes out of a softmax or sigmoid already.</param>
    /// <param name="file">The manifest's path, for messages.</param>
    /// <exception cref="InvalidManifestException">Manifest and model do not go together; all that does not.</exception>
    /// <exception cref="UnsupportedManifestException">They do, and need what is not built; all of it.</exception>
    /// <exception cref="InvalidLabelsException">There are more or fewer labels than classes.</exception>
    public static ModelBinding Create(
        ModelManifest manifest,
        ImmutableArray<TensorSpec> inputs,
        ImmutableArray<TensorSpec> outputs,
        Func<string, bool> isActivated,
        ImmutableArray<string> labels,
        string file)
    {
        var findings = new ManifestFindings();
        var input = Choose("$.input.tensor", manifest.Input.Tensor, inputs, findings);
        var output = Choose("$.output.tensor", manifest.Output.Tensor, outputs, findings);
        if (inputs.Length > 1)
        {
            var names = JsonText.List([.. inputs.Select(tensor => tensor.Name)]);
            findings.Unsupported("$.input.tensor", $"a model of {inputs.Length} inputs, {names}", "a signature of one input");
        }

        if (output is not null && manifest.Output.Activation != Activation.None && isActivated(output.Name))
        {
            findings.Invalid(
                "$.output.activation",
                $"\"{ManifestNames.Activation.NameOf(manifest.Output.Activation)}\"",
                $"\"none\": the output \"{output.Name}\" comes out of a softmax or sigmoid already");
        }

        var preprocessor = input is null ? null : Preprocessor.TryCreate(manifest.Input, input, findings);
        var postprocessor = output is null ? null : Postprocessor.TryCreate(manifest.Output, output, labels, file, findings);
        findings.ThrowIfAny(file);
        return new ModelBinding(input!, output!, preprocessor!, postprocessor!, labels);
    }

    private static TensorSpec? Choose(string path, string? name, ImmutableArray<TensorSpec> tensors, ManifestFindings findings)
    {
        ImmutableArray<string> names = [.. tensors.Select(tensor => tensor.Name)];
        if (name is null && tensors.Length == 1)
        {
            return tensors[0];
        }

        if (name is not null && names.IndexOf(name) is var index and >= 0)
        {
            return tensors[index];
        }

        var found = name is null ? "nothing" : $"\"{name}\"";
        findings.Invalid(path, found, names.IsEmpty ? "a signature with one" : JsonText.List(names), name is null ? null : NearestName.Find(name, names));
        return null;
    }
}
