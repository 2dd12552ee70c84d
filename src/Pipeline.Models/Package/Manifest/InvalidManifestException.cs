using System.Collections.Immutable;

namespace Pipeline.Models.Package.Manifest;

/// <summary>A manifest is not in its format, or does not fit the model beside it. All errors are reported at once.</summary>
public sealed class InvalidManifestException : Exception
{
    /// <param name="file">The manifest's path, for the message.</param>
    /// <param name="errors">At least one.</param>
    public InvalidManifestException(string file, ImmutableArray<ManifestError> errors, Exception? innerException = null)
        : base(ManifestError.Describe(file, errors), innerException)
    {
        File = file;
        Errors = errors;
    }

    public string File { get; }

    public ImmutableArray<ManifestError> Errors { get; }
}
