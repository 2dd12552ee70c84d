using Pipeline.Worker.Retries;

namespace Pipeline.Cli.Operating;

/// <summary>Which dead letters a command speaks of.</summary>
/// <param name="Names">Objects' names or letters' ids; none: all that the filter finds.</param>
internal sealed record LetterSelection(IReadOnlyList<string> Names, DeadLetterFilter Filter);
