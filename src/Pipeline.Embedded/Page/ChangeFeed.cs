using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page;

/// <summary>Keeps the board up with the store, whoever changes it: this process or another.</summary>
internal sealed partial class ChangeFeed : IDisposable
{
    private const int PageSize = 1000;

    // A look at an unchanged store costs some 50 µs.
    private static readonly TimeSpan LookWhileWatched = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan LookWhileAlone = TimeSpan.FromSeconds(1);

    private readonly SqliteDocumentStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isLoaded;
    private bool _isFailing;
    private int _watchers;

    public ChangeFeed(SqliteDocumentStore store, DocumentBoard board, TimeProvider time, ILogger<ChangeFeed> logger)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _store = store;
        Board = board;
        _time = time;
        _logger = logger;
    }

    public DocumentBoard Board { get; }

    /// <summary>Works until it is cancelled. Whatever fails is tried again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await CatchUpAsync(cancellationToken).ConfigureAwait(false);
                _isFailing = false;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // The process lives; the fault is logged whole.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.Failed(_logger, _isFailing ? LogLevel.Debug : LogLevel.Warning, exception);
                _isFailing = true;
            }

            var pause = Volatile.Read(ref _watchers) > 0 && !_isFailing ? LookWhileWatched : LookWhileAlone;
            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The board as the store is now.</summary>
    /// <exception cref="DocumentStoreException">No answer.</exception>
    public async Task<BoardView> CatchUpAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var newest = await _store.ReadNewestSequenceAsync(cancellationToken).ConfigureAwait(false);
            var before = Board.View.Sequence;
            while (!_isLoaded || Board.View.Sequence < newest)
            {
                await StepAsync(newest, cancellationToken).ConfigureAwait(false);
            }

            if (Board.View.Sequence != before)
            {
                Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }

            return Board.View;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>While it is held, the store is looked at often.</summary>
    public IDisposable Watch() => new Watcher(this);

    /// <summary>Ends when the board goes beyond a change, or after a while.</summary>
    public async Task WaitAsync(long sequence, TimeSpan longest, CancellationToken cancellationToken)
    {
        var next = Volatile.Read(ref _next).Task;
        if (Board.View.Sequence > sequence)
        {
            return;
        }

        try
        {
            await next.WaitAsync(longest, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing has changed.
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task StepAsync(long newest, CancellationToken cancellationToken)
    {
        var after = Board.View.Sequence;
        if (_isLoaded)
        {
            var changes = await _store.ReadHistoryAsync(after, PageSize, cancellationToken).ConfigureAwait(false);
            if (changes.Length > 0 && changes[0].Sequence == after + 1)
            {
                Board.Apply(changes);
                return;
            }
        }

        // The first time, or the history no longer reaches back to what is known.
        _isLoaded = false;
        await Board.LoadAsync(ReadAllAsync(cancellationToken), newest).ConfigureAwait(false);
        _isLoaded = true;
    }

    private async IAsyncEnumerable<DocumentSnapshot> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var collection in Board.Collections)
        {
            DocumentSnapshot? last = null;
            do
            {
                var query = new DocumentQuery(collection, [], OrderBy: null, Descending: false, PageSize, last);
                var page = (await _store.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Documents;
                foreach (var document in page)
                {
                    yield return document;
                }

                last = page.Length == PageSize ? page[^1] : null;
            }
            while (last is not null);
        }
    }

    private sealed class Watcher : IDisposable
    {
        private readonly ChangeFeed _feed;

        public Watcher(ChangeFeed feed)
        {
            _feed = feed;
            Interlocked.Increment(ref feed._watchers);
        }

        public void Dispose() => Interlocked.Decrement(ref _feed._watchers);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The page cannot follow the documents; it tries again.")]
        public static partial void Failed(ILogger logger, LogLevel level, Exception exception);
    }
}
