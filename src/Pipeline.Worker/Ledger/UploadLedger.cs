using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Ledger;

/// <summary>
/// The only part that writes results and dead letters. Every change is one commit whose preconditions fence it; a refusal is settled by reading
/// back. Any <see cref="DocumentStoreException"/> that leaves this class means: not recorded, do not acknowledge. Safe for concurrent use.
/// </summary>
public sealed partial class UploadLedger
{
    /// <summary>How often documents are read again after a refusal.</summary>
    private const int MaxReads = 3;

    private readonly ObservedStore _store;
    private readonly IObjectStore _objects;
    private readonly RetryPolicy _policy;
    private readonly ResultWrites _writes;
    private readonly TimeSpan _lease;
    private readonly string _instance;
    private readonly Func<string> _newId;
    private readonly ILogger _logger;

    /// <param name="options">Valid.</param>
    /// <param name="instance">Names this instance in leases and errors.</param>
    /// <param name="chance">A number in [0, 1).</param>
    /// <param name="newId">A claim id that nobody else ever gets.</param>
    public UploadLedger(
        IDocumentStore documents,
        IObjectStore objects,
        WorkerOptions options,
        string instance,
        TimeProvider time,
        Func<double> chance,
        Func<string> newId,
        ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(instance);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(chance);
        ArgumentNullException.ThrowIfNull(newId);
        ArgumentNullException.ThrowIfNull(logger);
        Clock = new StoreClock(time);
        _store = new ObservedStore(documents, Clock, time, chance);
        _objects = objects;
        _policy = new RetryPolicy(options.Retries, chance);
        _lease = options.Lease;
        _writes = new ResultWrites(instance, options.Lease, options.ResultsExpireAfter);
        _instance = instance;
        _newId = newId;
        _logger = logger;
    }

    /// <summary>The store's time as this instance knows it.</summary>
    public StoreClock Clock { get; }

    internal RequestQuota QuotaOf(QuotaOptions options) => new(_store, options);

    /// <summary>
    /// Makes a change of documents as read, with a fresh claim id: reads, decides, commits; reads again where the commit is refused. Finding the
    /// fresh claim id in the result means that an earlier commit of ours has landed after all.
    /// </summary>
    /// <param name="path">The result's path.</param>
    /// <param name="readLetter">The letter's path, where the change concerns it.</param>
    /// <param name="first">What is known already; null to begin with a read.</param>
    private async Task<T> ChangeAsync<T>(
        DocumentPath path,
        DocumentPath? readLetter,
        string claimId,
        LedgerState? first,
        Func<LedgerState, CancellationToken, Task<LedgerStep<T>>> decide,
        CancellationToken cancellationToken)
    {
        LedgerStep<T>? step = null;
        CommitOutcome.Refused? refused = null;
        LedgerState? state = null;
        for (var reads = 0; reads <= MaxReads; reads++)
        {
            var read = state is null && first is not null ? first : await ReadAsync(path, readLetter, cancellationToken);
            if (step is not null && read.Result?.ClaimId == claimId)
            {
                return step.Outcome(new WrittenVersions(read.Now, read.Result.UpdateTime, read.Letter?.UpdateTime));
            }

            // The same versions, and yet a refusal: only the app's own document can have caused it.
            var app = state?.App ?? AppDocumentState.Included;
            state = read with { App = step?.TouchesApp == true && read.IsSameAs(state!) ? LedgerState.Blame(refused!) : app };
            step = await decide(state, cancellationToken);
            if (step.Writes.IsEmpty)
            {
                return step.Outcome(default);
            }

            switch (await CommitAsync(step, cancellationToken))
            {
                case CommitOutcome.Committed committed:
                    return step.Outcome(Versions(committed, step.Writes, readLetter));
                case CommitOutcome.Refused refusal:
                    refused = refusal;
                    break;
            }
        }

        throw Contended(path);
    }

    /// <summary>Commits; a request that is wrong because of the app's document counts as refused by it.</summary>
    private async Task<CommitOutcome> CommitAsync<T>(LedgerStep<T> step, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.CommitAsync(step.Writes, cancellationToken);
        }
        catch (DocumentStoreException exception) when (step.TouchesApp && exception.Error == DocumentStoreError.InvalidArgument)
        {
            return new CommitOutcome.Refused(CommitRefusal.FailedPrecondition, exception.Message);
        }
    }

    private async Task<LedgerState> ReadAsync(DocumentPath result, DocumentPath? letter, CancellationToken cancellationToken)
    {
        ImmutableArray<DocumentPath> paths = letter is { } path ? [result, path] : [result];
        var read = await _store.GetAsync(paths, cancellationToken);
        return new LedgerState(
            ResultDocument.Read(read.Documents[0]),
            letter is null ? null : StoredLetter.Read(read.Documents[1]),
            AppDocumentState.Included,
            Clock.Now!.Value);
    }

    private static WrittenVersions Versions(CommitOutcome.Committed committed, ImmutableArray<DocumentWrite> writes, DocumentPath? letter)
    {
        DateTimeOffset? letterVersion = null;
        for (var index = 1; index < writes.Length; index++)
        {
            if (letter is { } path && writes[index].Path == path && writes[index] is DocumentWrite.Set)
            {
                letterVersion = committed.UpdateTimes[index];
            }
        }

        return new WrittenVersions(committed.CommitTime, committed.UpdateTimes[0], letterVersion);
    }

    /// <summary>The result's terminal change with its merge into the app's document, where one is named and still included.</summary>
    private static IEnumerable<DocumentWrite> WithApp(UploadWork work, DocumentWrite.Set change, AppDocumentState app) =>
        work.Target.AppDocument is { } document && app == AppDocumentState.Included
            ? [change, PublicResult.Merge(document, work.Object, change)]
            : [change];

    private static bool TouchesApp(UploadWork work, AppDocumentState app) =>
        work.Target.AppDocument is not null && app == AppDocumentState.Included;

    private static DocumentStoreException Contended(DocumentPath path) =>
        new(DocumentStoreError.Aborted, "commit", $"'{path}' kept changing while it was read again {MaxReads} times.");
}
