using System.Collections.Immutable;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel;

namespace Pipeline.Models.Package.Inferring;

/// <summary>Which signature of a model is run, and its graph.</summary>
internal static class SignatureChoice
{
    /// <summary><c>serving_default</c>, or the only one; null where neither is there.</summary>
    public static string? Of(ImmutableArray<string> names) =>
        names.Contains(SavedModelReadOptions.Default.Signature) ? SavedModelReadOptions.Default.Signature
        : names.Length == 1 ? names[0]
        : null;

    /// <exception cref="UnsupportedModelException">
    /// The model takes encoded pictures, more than one input, or what else is not built; everything is listed.
    /// </exception>
    /// <remarks>The exceptions of <see cref="SavedModelReader.Read"/> come through.</remarks>
    public static SavedModelGraph Read(string folder, string signature)
    {
        var options = new SavedModelReadOptions { Signature = signature };
        var encoded = SavedModelSignatures.InputsOf(folder, options).FirstOrDefault(input => input.DataType == DataType.String);
        SavedModelGraph model;
        try
        {
            model = SavedModelReader.Read(folder, options);
        }
        catch (UnsupportedModelException error) when (encoded is not null)
        {
            throw new UnsupportedModelException(folder, [Encoded(encoded.Name), .. error.Nodes]);
        }

        if (encoded is not null)
        {
            throw new UnsupportedModelException(folder, [Encoded(encoded.Name)]);
        }

        if (model.Inputs.Length == 1)
        {
            return model;
        }

        throw model.Inputs.IsEmpty
            ? new InvalidModelException(folder, $"signature '{signature}'", "an input that takes a picture", "none")
            : new UnsupportedModelException(
                folder,
                [new UnsupportedNode("Signature", signature, "inputs", $"it has {model.Inputs.Length}, {string.Join(", ", model.Inputs.Select(input => input.Name))}; a model of one picture is supported")]);
    }

    private static UnsupportedNode Encoded(string input) => new(
        "Signature", input, "dtype", "it takes encoded pictures or texts, as models of Vertex AI and AutoML do (image_bytes, key); export a signature that takes pixels");
}
