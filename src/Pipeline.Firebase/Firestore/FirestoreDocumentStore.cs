using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Pipeline.Firebase.Identity;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Firestore;

/// <summary>Documents in Firestore, over its REST API v1.</summary>
public sealed class FirestoreDocumentStore : IDocumentStore, IDisposable
{
    /// <summary>What a token has to be good for.</summary>
    public const string Scope = "https://www.googleapis.com/auth/datastore";

    /// <summary>Read at the start. It is never written.</summary>
    private static readonly DocumentPath Probe = new("pipeline", "probe");

    private readonly FirestoreConnection _connection;
    private readonly FirestoreNames _names;
    private readonly FirestoreRequests _requests;

    /// <param name="options">Valid ones.</param>
    /// <param name="chance">From 0 to 1, for the jitter of retries.</param>
    public FirestoreDocumentStore(FirestoreOptions options, IAccessTokens tokens, TimeProvider time, Func<double> chance, ILogger<FirestoreDocumentStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(chance);
        ArgumentNullException.ThrowIfNull(logger);
        if (options.Validate().FirstOrDefault() is { } error)
        {
            throw new ArgumentException(error, nameof(options));
        }

        _names = new FirestoreNames(options);
        _requests = new FirestoreRequests(_names, options.MaxRequestBytes);
        _connection = new FirestoreConnection(options, tokens, new FirestoreRetries(options, time, chance, logger));
    }

    /// <summary>
    /// Gets a token, makes a connection and reads one document that is not there: after it the first request of an upload pays for none of them, and it
    /// is known that the database exists and may be read.
    /// </summary>
    /// <exception cref="DocumentStoreException">It cannot be used now.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => GetAsync([Probe], cancellationToken);

    public async Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken)
    {
        DocumentRequests.Check(paths);
        var elements = await SendAsync(FaultClasses.Get, _names.BatchGet, _requests.Get(paths), ReadElements, cancellationToken);
        var found = elements.Where(static element => element.Document is not null).ToDictionary(static element => element.Document!.Path, static element => element.Document!);
        return paths.All(found.ContainsKey) && found.Count == paths.Count
            ? new DocumentReadResult(TimeOf(FaultClasses.Get, elements), [.. paths.Select(path => found[path])])
            : throw Unusable(FaultClasses.Get, $"the answer to {paths.Count} documents speaks of {found.Count}, or of others.");
    }

    public async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        DocumentRequests.Check(writes);
        if (writes.FirstOrDefault(NamesNoVersion) is { } impossible)
        {
            return new CommitOutcome.Refused(CommitRefusal.FailedPrecondition, $"'{impossible.Path}' cannot have been changed before documents existed.");
        }

        var body = _requests.Commit(writes);
        try
        {
            return await _connection.SendAsync(
                FaultClasses.Commit, _names.Commit, body, answer => FirestoreAnswers.ReadCommit(answer.Content.Span, writes.Count), cancellationToken);
        }
        catch (FirestoreFaultException exception)
        {
            return FaultClasses.RefusalOf(exception.Fault, writes) is { } refusal
                ? new CommitOutcome.Refused(refusal, exception.Fault.Message)
                : throw FaultClasses.ToException(FaultClasses.Commit, exception);
        }
    }

    public async Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        DocumentRequests.Check(query);
        var elements = await SendAsync(FaultClasses.Query, _names.RunQuery(query.Collection), _requests.Query(query), ReadElements, cancellationToken);
        var documents = elements.Select(static element => element.Document).OfType<DocumentSnapshot>().ToImmutableArray();
        return documents.All(static document => document.Exists)
            ? new DocumentReadResult(TimeOf(FaultClasses.Query, elements), documents)
            : throw Unusable(FaultClasses.Query, "the answer speaks of documents that do not exist.");
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>A time that no document has: the emulator takes the beginning of time for the version of a missing document.</summary>
    private static bool NamesNoVersion(DocumentWrite write) => write.Precondition is DocumentPrecondition.Version version && version.UpdateTime <= DateTimeOffset.UnixEpoch;

    private async Task<T> SendAsync<T>(
        string operation, Uri address, ReadOnlyMemory<byte> body, Func<LimitedAnswer, T> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await _connection.SendAsync(operation, address, body, read, cancellationToken);
        }
        catch (FirestoreFaultException exception)
        {
            throw FaultClasses.ToException(operation, exception);
        }
    }

    private static IReadOnlyList<ReadElement> ReadElements(LimitedAnswer answer) => FirestoreAnswers.ReadElements(answer.Content.Span);

    /// <summary>The latest: what came before it has not changed until then.</summary>
    private static DateTimeOffset TimeOf(string operation, IReadOnlyList<ReadElement> elements)
    {
        DateTimeOffset? latest = null;
        foreach (var element in elements)
        {
            latest = latest is null || element.ReadTime > latest ? element.ReadTime : latest;
        }

        return latest ?? throw Unusable(operation, "the answer has no read time.");
    }

    private static DocumentStoreException Unusable(string operation, string detail) => new(DocumentStoreError.Unavailable, operation, detail);
}
