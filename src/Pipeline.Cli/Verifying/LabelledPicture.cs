using System.Collections.Immutable;

namespace Pipeline.Cli.Verifying;

/// <summary>A picture of which somebody says what it shows.</summary>
/// <param name="Label">The name of its folder.</param>
/// <param name="Classes">The classes of that label; labels need not be unique.</param>
internal sealed record LabelledPicture(string File, string Label, ImmutableArray<int> Classes);
