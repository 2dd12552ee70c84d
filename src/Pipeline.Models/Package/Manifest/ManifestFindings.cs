namespace Pipeline.Models.Package.Manifest;

/// <summary>What is found wrong, or not built, while a manifest is held against its model.</summary>
internal sealed class ManifestFindings
{
    private readonly List<ManifestError> _invalid = [];
    private readonly List<ManifestError> _unsupported = [];

    public void Invalid(string path, string found, string allowed, string? suggestion = null) =>
        _invalid.Add(new ManifestError(path, found, allowed, suggestion));

    public void Unsupported(string path, string found, string allowed) =>
        _unsupported.Add(new ManifestError(path, found, allowed));

    /// <param name="file">The manifest's path, for the message.</param>
    /// <exception cref="InvalidManifestException">Something is wrong.</exception>
    /// <exception cref="UnsupportedManifestException">Nothing is wrong, and something is not built.</exception>
    public void ThrowIfAny(string file)
    {
        if (_invalid.Count > 0)
        {
            throw new InvalidManifestException(file, [.. _invalid]);
        }

        if (_unsupported.Count > 0)
        {
            throw new UnsupportedManifestException(file, [.. _unsupported]);
        }
    }
}
