using Pipeline.Worker;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Cli.Operating;

/// <summary>Finds dead letters by what people know of them.</summary>
internal sealed class LetterLookup
{
    private const int PageSize = 500;

    private readonly UploadWorker _worker;
    private readonly string? _bucket;

    /// <param name="bucket">The bucket that a name lies in; null for any.</param>
    public LetterLookup(UploadWorker worker, string? bucket)
    {
        _worker = worker;
        _bucket = bucket;
    }

    /// <summary>The letters of an object's name or with an id: one for each bucket that has one.</summary>
    public async Task<IReadOnlyList<DeadLetterDetail>> ShowAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var found = new List<DeadLetterDetail>();
        foreach (var pair in _worker.Rules.Pairs)
        {
            foreach (var id in Ids(nameOrId))
            {
                if (await _worker.DeadLetters.ShowAsync(pair, id, cancellationToken) is { } detail
                    && (_bucket is null || detail.Stored.Letter.Bucket == _bucket)
                    && found.TrueForAll(other => other.Stored.Path != detail.Stored.Path))
                {
                    found.Add(detail);
                }
            }
        }

        return found;
    }

    /// <summary>All letters that a filter finds, page after page.</summary>
    /// <param name="limit">No more than this.</param>
    /// <returns>The letters, and whether there may be more.</returns>
    public async Task<(IReadOnlyList<StoredLetter> Letters, bool MayBeMore)> ListAsync(DeadLetterFilter filter, int limit, CancellationToken cancellationToken)
    {
        var letters = new List<StoredLetter>();
        DeadLetterCursor? next = null;
        do
        {
            var page = await _worker.DeadLetters.ListAsync(filter, Math.Min(PageSize, limit - letters.Count), next, cancellationToken);
            letters.AddRange(page.Letters);
            next = page.Next;
        }
        while (next is not null && letters.Count < limit);

        return (letters, next is not null);
    }

    private static IEnumerable<string> Ids(string nameOrId)
    {
        if (ObjectNames.IsValid(nameOrId))
        {
            yield return DocumentIds.FromName(nameOrId);
        }

        if (DocumentRequests.IsId(nameOrId))
        {
            yield return nameOrId;
        }
    }
}
