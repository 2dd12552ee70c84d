namespace Pipeline.Models;

/// <summary>A model's files are broken: missing, cut off, contradictory, or not what they claim to be. Trying again does not help.</summary>
public sealed class InvalidModelException : Exception
{
    /// <param name="path">The file or folder.</param>
    /// <param name="place">Where in it: a node, a key, an offset.</param>
    /// <param name="expected">What would have been right.</param>
    /// <param name="found">What is there.</param>
    public InvalidModelException(string path, string place, string expected, string found, Exception? innerException = null)
        : base($"{path}: {place}: expected {expected}, found {found}.", innerException)
    {
        Path = path;
        Place = place;
        Expected = expected;
        Found = found;
    }

    public string Path { get; }

    public string Place { get; }

    public string Expected { get; }

    public string Found { get; }
}
