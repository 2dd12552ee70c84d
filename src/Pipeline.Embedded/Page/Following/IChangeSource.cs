using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page.Following;

/// <summary>Tells the page what changes in the documents, whoever changes them.</summary>
internal interface IChangeSource
{
    ChangePace Pace { get; }

    /// <summary>Looks at the documents. One caller at a time.</summary>
    /// <param name="after">The last change that the caller knows; null where it knows nothing, or does not know what it knows.</param>
    /// <exception cref="DocumentStoreException">No answer. Nothing is lost: the next look tells it.</exception>
    Task<ChangeLook> LookAsync(long? after, CancellationToken cancellationToken);

    /// <summary>Changes that a look has told, or that the next one will: the oldest first. Any number of callers.</summary>
    /// <param name="after">The last change that the caller knows.</param>
    /// <param name="limit">At most this many, at least 1.</param>
    /// <returns>Without the very next change where there is none, or where it is not kept any more.</returns>
    /// <exception cref="DocumentStoreException">No answer.</exception>
    Task<ImmutableArray<BoardChange>> ReadHistoryAsync(long after, int limit, CancellationToken cancellationToken);
}
