namespace Pipeline.Models.Package.Inferring;

/// <summary>The value of one key of a manifest, and where it comes from.</summary>
/// <param name="Path">The key's JSON path: <c>$.input.resize</c>.</param>
/// <param name="Json">The value as JSON.</param>
/// <param name="Source">Where it comes from, in a few words.</param>
/// <param name="IsAssumed">Whether it is a custom of whoever makes such models, which this one may have broken; else it shows in the files.</param>
public sealed record InferredValue(string Path, string Json, string Source, bool IsAssumed = false);
