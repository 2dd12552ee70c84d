using Microsoft.Extensions.Logging;
using Pipeline.Embedded.Page.Following;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page;

/// <summary>Keeps the board up with the documents, whoever changes them: this process or another.</summary>
internal sealed partial class ChangeFeed : IDisposable
{
    private readonly IChangeSource _source;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource _next = NewSignal();
    private TaskCompletionSource _watched = NewSignal();
    private bool _isLoaded;
    private volatile bool _isCutOff;
    private int _watchers;

    public ChangeFeed(IChangeSource source, DocumentBoard board, TimeProvider time, ILogger<ChangeFeed> logger)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _source = source;
        Board = board;
        _time = time;
        _logger = logger;
    }

    public DocumentBoard Board { get; }

    /// <summary>Whether the last look got no answer: the board is as old as the one before it.</summary>
    public bool IsCutOff => _isCutOff;

    /// <summary>Works until it is cancelled. Whatever fails is tried again, after growing pauses.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            var start = _time.GetTimestamp();
            try
            {
                await CatchUpAsync(cancellationToken).ConfigureAwait(false);
                failures = 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // The process lives; the fault is logged whole.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures++;
                Log.Failed(_logger, failures > 1 ? LogLevel.Debug : LogLevel.Warning, exception);
            }

            // Before the watchers are counted: one that comes in between ends the pause.
            var watched = Volatile.Read(ref _watched).Task;
            var pause = failures > 0
                ? ChangePace.AfterFailures(failures)
                : _source.Pace.After(_time.GetElapsedTime(start), Volatile.Read(ref _watchers) > 0);
            await Task.WhenAny(Task.Delay(pause, _time, cancellationToken), watched).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The board as the documents are now. A caller that gives up leaves the look to those after it.</summary>
    /// <exception cref="DocumentStoreException">No answer.</exception>
    public Task<BoardView> CatchUpAsync(CancellationToken cancellationToken) => LookAsync(_end.Token).WaitAsync(cancellationToken);

    /// <summary>While it is held, the documents are looked at often.</summary>
    public IDisposable Watch() => new Watcher(this);

    /// <summary>Ends when the board goes beyond a change, when the documents are out of reach or again within, or after a while.</summary>
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

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<BoardView> LookAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var before = (Board.View.Sequence, _isCutOff);
        try
        {
            while (await StepAsync(cancellationToken).ConfigureAwait(false))
            {
                // There is more.
            }

            _isCutOff = false;
            return Board.View;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _isCutOff = true;
            throw;
        }
        finally
        {
            if (before != (Board.View.Sequence, _isCutOff))
            {
                Interlocked.Exchange(ref _next, NewSignal()).SetResult();
            }

            _turn.Release();
        }
    }

    /// <returns>Whether there is more.</returns>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var look = await _source.LookAsync(_isLoaded ? Board.View.Sequence : null, cancellationToken).ConfigureAwait(false);
        if (look.Everything is { } documents)
        {
            _isLoaded = false;
            await Board.LoadAsync(documents, look.Sequence).ConfigureAwait(false);
            _isLoaded = true;
        }
        else if (!look.Changes.IsEmpty)
        {
            Board.Apply(look.Changes);
        }

        return look.HasMore;
    }

    private sealed class Watcher : IDisposable
    {
        private readonly ChangeFeed _feed;

        public Watcher(ChangeFeed feed)
        {
            _feed = feed;
            Interlocked.Increment(ref feed._watchers);
            Interlocked.Exchange(ref feed._watched, NewSignal()).SetResult();
        }

        public void Dispose() => Interlocked.Decrement(ref _feed._watchers);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The page cannot follow the documents; it tries again.")]
        public static partial void Failed(ILogger logger, LogLevel level, Exception exception);
    }
}
