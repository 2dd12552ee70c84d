namespace Pipeline.Cli.Verifying;

/// <summary>A sub-folder that is named as no label.</summary>
/// <param name="Nearest">The label that was likely meant, or null.</param>
internal sealed record UnknownFolder(string Name, string? Nearest);
