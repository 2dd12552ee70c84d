namespace Pipeline.Fixtures.Format;

/// <summary>A fixture folder is not in the format; the message names the folder, the case and the field.</summary>
public sealed class InvalidFixtureException(string folder, string detail, Exception? innerException = null)
    : Exception($"{folder}: {detail}", innerException)
{
    public string Folder { get; } = folder;
}
