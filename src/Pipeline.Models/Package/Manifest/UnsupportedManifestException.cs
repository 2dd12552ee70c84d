using System.Collections.Immutable;

namespace Pipeline.Models.Package.Manifest;

/// <summary>A legal manifest that asks for what is not built. Everything that is unsupported is reported at once.</summary>
public sealed class UnsupportedManifestException : Exception
{
    /// <param name="file">The manifest's path, for the message.</param>
    /// <param name="errors">At least one; what is allowed in each is what works.</param>
    public UnsupportedManifestException(string file, ImmutableArray<ManifestError> errors)
        : base($"Not supported yet: {ManifestError.Describe(file, errors)}")
    {
        File = file;
        Errors = errors;
    }

    public string File { get; }

    public ImmutableArray<ManifestError> Errors { get; }
}
