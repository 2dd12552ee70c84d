using System.Collections.Immutable;

namespace Pipeline.Cli.Initializing;

/// <summary>What was typed.</summary>
/// <param name="Given">JSON values by the paths of their keys.</param>
/// <param name="Hash">Whether the model's SHA-256 is written.</param>
internal sealed record InitOptions(string Folder, ImmutableDictionary<string, string> Given, bool Hash, bool Force, bool Json);
