using System.Collections.Immutable;

namespace Pipeline.Models.Package.Manifest;

/// <summary>A manifest is not in its format. All errors are reported at once.</summary>
public sealed class InvalidManifestException : ModelPackageException
{
    /// <param name="file">The manifest's path, for the message.</param>
    /// <param name="errors">At least one.</param>
    public InvalidManifestException(string file, ImmutableArray<ManifestError> errors, Exception? innerException = null)
        : base(Describe(file, errors), innerException)
    {
        File = file;
        Errors = errors;
    }

    public string File { get; }

    public ImmutableArray<ManifestError> Errors { get; }

    private static string Describe(string file, ImmutableArray<ManifestError> errors) =>
        errors.Length == 1
            ? $"{file}: {errors[0]}"
            : $"{file}: {errors.Length} errors:{string.Concat(errors.Select(error => $"\n  {error}"))}";
}
