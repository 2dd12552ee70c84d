using Pipeline.Models;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.ModelStore;

/// <summary>Why there is no model.</summary>
/// <param name="Code">Of the kind configuration, or transient while it is still being loaded.</param>
/// <param name="Message">For documents that users read: names the model and nothing else of the machine.</param>
/// <param name="Detail">For operators: the whole message, with paths.</param>
public sealed record ModelFailure(FailureCode Code, string Message, string Detail)
{
    internal static ModelFailure NotConfigured(string model) =>
        new(FailureCode.ModelNotFound, $"The model '{model}' is not configured.", $"No model is called '{model}'.");

    internal static ModelFailure StillLoading(string model) =>
        new(FailureCode.ModelNotReady, $"The model '{model}' is still being loaded.", $"The model '{model}' is still being loaded.");

    internal static ModelFailure Of(string model, Exception error) => error switch
    {
        DirectoryNotFoundException => new(FailureCode.ModelNotFound, $"The model '{model}' was not found.", error.Message),
        OutOfMemoryException => new(FailureCode.OutOfMemory, $"There is not enough memory for the model '{model}'.", error.Message),
        _ => new(FailureCode.ModelInvalid, $"The model '{model}' cannot be used: {Cause(error)}.", error.Message),
    };

    private static string Cause(Exception error) => error switch
    {
        MissingManifestException => "it has no manifest",
        InvalidManifestException => "its manifest is invalid",
        UnsupportedManifestException => "its manifest asks for what is not supported",
        InvalidLabelsException => "its label file is invalid",
        InvalidModelException => "its files are broken",
        UnsupportedModelException => "it needs what is not supported",
        IOException or UnauthorizedAccessException => "its files cannot be read",
        _ => "it could not be loaded",
    };
}
