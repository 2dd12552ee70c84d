using System.Collections.Immutable;
using System.Text.Json;

namespace Pipeline.Fixtures.Format;

/// <summary>One case of a folder's index.</summary>
/// <param name="Folder">The folder that holds the index; <see cref="Path"/> is relative to it.</param>
/// <param name="Path">The model or picture, or null.</param>
/// <param name="Fields">The whole case, for the fields of its kind.</param>
public sealed record FixtureCase(
    string Folder,
    string Id,
    string Kind,
    string? Path,
    string? Signature,
    ImmutableArray<FixtureTensor> Inputs,
    ImmutableArray<FixtureTensor> Outputs,
    FixtureTolerance Tolerance,
    JsonElement Fields)
{
    /// <summary>The model's or picture's full path.</summary>
    public string FullPath => System.IO.Path.Combine(Folder, Path ?? throw new InvalidDataException($"{Folder}: case '{Id}' has no path."));

    public override string ToString() => $"{System.IO.Path.GetFileName(Folder)}/{Id}";
}
