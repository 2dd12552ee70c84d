using System.Collections.Immutable;

namespace Pipeline.Cli.Verifying;

/// <summary>What was typed.</summary>
/// <param name="Images">The folder whose sub-folders are named as labels, or null.</param>
/// <param name="Recorded">The folder of recorded outputs, or null.</param>
/// <param name="RecordedAs">The path under which the model was recorded; null: its folder's.</param>
/// <param name="Given">JSON values by the paths of their keys, before which the manifest's give way.</param>
/// <param name="Limit">The most pictures.</param>
/// <param name="Write">Whether the winner is written.</param>
internal sealed record VerifyOptions(
    string Folder, string? Images, string? Recorded, string? RecordedAs, ImmutableDictionary<string, string> Given, int Limit, bool Write, bool Force, bool Json);
