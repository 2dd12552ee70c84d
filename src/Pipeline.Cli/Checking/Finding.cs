namespace Pipeline.Cli.Checking;

/// <summary>What a check found.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Text">What is.</param>
/// <param name="Fix">What to do; null where nothing is to be done.</param>
internal sealed record Finding(string Name, FindingLevel Level, string Text, string? Fix = null)
{
    public static Finding Good(string name, string text) => new(name, FindingLevel.Good, text);

    public static Finding Note(string name, string text, string fix) => new(name, FindingLevel.Note, text, fix);

    public static Finding Bad(string name, string text, string fix) => new(name, FindingLevel.Bad, text, fix);
}
