namespace Pipeline.Worker.Documents;

/// <summary>What must hold of a document for a write to be applied.</summary>
public abstract record DocumentPrecondition
{
    private DocumentPrecondition()
    {
    }

    public static DocumentPrecondition None { get; } = new Nothing();

    public static DocumentPrecondition MustNotExist { get; } = new Existence(false);

    public static DocumentPrecondition MustExist { get; } = new Existence(true);

    /// <summary>The document exists and was last changed at exactly this time.</summary>
    public static DocumentPrecondition LastUpdated(DateTimeOffset updateTime) => new Version(updateTime);

    public sealed record Nothing : DocumentPrecondition;

    public sealed record Existence(bool Exists) : DocumentPrecondition;

    public sealed record Version(DateTimeOffset UpdateTime) : DocumentPrecondition;
}
