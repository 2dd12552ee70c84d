using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page.Following;

/// <summary>What a look has found: further changes, or everything anew.</summary>
/// <param name="Sequence">The last change of which this tells.</param>
/// <param name="Changes">What came after the change that was asked for, without a gap.</param>
/// <param name="Everything">All documents, where the changes do not reach back; null otherwise. At least as new as the sequence says; read once.</param>
/// <param name="HasMore">Whether there are further changes already.</param>
internal sealed record ChangeLook(long Sequence, ImmutableArray<BoardChange> Changes, IAsyncEnumerable<DocumentSnapshot>? Everything, bool HasMore)
{
    public static ChangeLook Nothing(long sequence) => new(sequence, [], null, HasMore: false);

    public static ChangeLook Further(ImmutableArray<BoardChange> changes, bool hasMore) => new(changes[^1].Sequence, changes, null, hasMore);

    public static ChangeLook Anew(long sequence, IAsyncEnumerable<DocumentSnapshot> everything) => new(sequence, [], everything, HasMore: false);
}
