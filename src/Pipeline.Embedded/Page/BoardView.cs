using System.Collections.Immutable;

namespace Pipeline.Embedded.Page;

/// <summary>The board at one moment; never changes.</summary>
/// <param name="Sequence">The last change that is in it.</param>
/// <param name="Rows">Newest first.</param>
/// <param name="Statuses">How many rows have each status.</param>
/// <param name="Letters">How many dead letters are in each state.</param>
/// <param name="IsWhole">False where the oldest rows were left out, because there are too many.</param>
internal sealed record BoardView(
    long Sequence,
    ImmutableSortedSet<BoardRow> Rows,
    ImmutableSortedDictionary<string, int> Statuses,
    ImmutableSortedDictionary<string, int> Letters,
    bool IsWhole)
{
    public static BoardView Empty { get; } = new(
        0,
        ImmutableSortedSet.Create(BoardRow.NewestFirst),
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal),
        IsWhole: true);
}
