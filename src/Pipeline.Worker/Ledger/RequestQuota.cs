using System.Collections.Immutable;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Ledger;

/// <summary>
/// Counts each user's requests in windows of the store's time, in one document for each user. The count is written in the commit that it permits,
/// and the last requests are remembered, so that a request that is delivered twice counts and acts once.
/// </summary>
internal sealed class RequestQuota
{
    private const int MaxTries = 4;
    private const int RememberedRequests = 100;
    private const string Count = "count";
    private const string Requests = "requests";
    private const string WindowStartedAt = "windowStartedAt";

    private readonly ObservedStore _store;
    private readonly QuotaOptions _options;

    public RequestQuota(ObservedStore store, QuotaOptions options)
    {
        _store = store;
        _options = options;
    }

    /// <summary>Asks for a ticket; it is used up only when its write is committed.</summary>
    public async Task<RedriveTicket> AskAsync(string user, string requestId, CancellationToken cancellationToken)
    {
        var path = new DocumentPath(_options.Collection, DocumentIds.FromName(user));
        var snapshot = (await _store.GetAsync([path], cancellationToken)).Documents[0];
        var now = _store.Clock.Now!.Value;
        var reader = new FieldReader(snapshot.Fields ?? DocumentFields.Empty);
        var requests = reader.Array(Requests);
        if (requests.Contains(requestId))
        {
            return new RedriveTicket.Denied(RedriveDenial.Repeated);
        }

        var started = reader.Time(WindowStartedAt) is { } time && now - time < _options.Window ? time : now;
        var count = started == now ? 0 : reader.Integer(Count) ?? 0;
        if (count >= _options.Requests)
        {
            return new RedriveTicket.Denied(RedriveDenial.OverQuota);
        }

        ImmutableArray<DocumentValue> remembered = [.. requests.Append(requestId).TakeLast(RememberedRequests)];
        return new RedriveTicket.Granted(new FieldChanges()
            .Set(WindowStartedAt, started)
            .Set(Count, count + 1)
            .Set(Requests, new DocumentValue.ArrayValue(remembered))
            .Whole(path, snapshot.Exists ? DocumentPrecondition.LastUpdated(snapshot.UpdateTime) : DocumentPrecondition.MustNotExist));
    }

    /// <summary>Uses a ticket for something that needs no other write.</summary>
    /// <returns>Null where it was granted and is used up.</returns>
    /// <exception cref="DocumentStoreException">No answer, or too many others at once.</exception>
    public async Task<RedriveDenial?> UseAsync(string user, string requestId, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var ticket = await AskAsync(user, requestId, cancellationToken);
            if (ticket is not RedriveTicket.Granted { Write: { } write })
            {
                return ((RedriveTicket.Denied)ticket).Reason;
            }

            if (await _store.CommitAsync([write], cancellationToken) is CommitOutcome.Committed)
            {
                return null;
            }
        }

        throw new DocumentStoreException(DocumentStoreError.Aborted, "commit", $"a quota kept changing while it was read {MaxTries} times.");
    }
}
