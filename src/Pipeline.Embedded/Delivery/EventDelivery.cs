using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.Delivery;

/// <summary>
/// Brings the events of the folder to the worker over HTTP, as the platform does: each at least once, in no promised order, again with growing
/// waits until it is answered 2xx, given up after the retention. Events wait in the folder's database, so a restart loses none.
/// </summary>
public sealed partial class EventDelivery : IDisposable
{
    /// <summary>Other processes may add events without a word.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(2);

    private readonly ObjectCatalog _catalog;
    private readonly EventPost _post;
    private readonly EventDeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WakeSignal _wake = new();
    private readonly ConcurrentDictionary<long, Task> _inFlight = [];

    /// <param name="http">Its own time-out must be longer than the acknowledge deadline.</param>
    public EventDelivery(FolderObjectWriter writer, HttpClient http, EventDeliveryOptions options, TimeProvider time, ILogger<EventDelivery> logger)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(logger);
        _post = new EventPost(http, options, time);
        _catalog = writer.Catalog;
        _options = options;
        _time = time;
        _logger = logger;
        _catalog.EventsAdded += _wake.Set;
    }

    /// <summary>Delivers until it is cancelled; what is on its way then counts as not delivered.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(await StartDueAsync(cancellationToken).ConfigureAwait(false), _time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAll(_inFlight.Values).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _catalog.EventsAdded -= _wake.Set;
        _wake.Dispose();
    }

    /// <summary>Sends what is due, as far as there is room, and answers how long there is nothing to do.</summary>
    private async Task<TimeSpan> StartDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = _time.GetUtcNow();
            var (due, next) = await _catalog.ReadAsync(
                connection => (EventTables.Due(connection, now, 2 * _options.MaxInFlight), EventTables.NextDueAfter(connection, now)),
                cancellationToken).ConfigureAwait(false);
            foreach (var stored in due.Where(stored => !_inFlight.ContainsKey(stored.Sequence)).Take(_options.MaxInFlight - _inFlight.Count))
            {
                var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _inFlight[stored.Sequence] = started.Task;
                _ = DeliverAndWakeAsync(stored, started, cancellationToken);
            }

            return next is { } time && time - now < LongestSleep ? time - now : LongestSleep;
        }
        catch (DatabaseException exception)
        {
            Log.OutboxFailed(_logger, exception);
            return LongestSleep;
        }
    }

    private async Task DeliverAndWakeAsync(StoredEvent stored, TaskCompletionSource finished, CancellationToken cancellationToken)
    {
        try
        {
            await DeliverAsync(stored, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It stays in the outbox for the next start.
        }
        catch (DatabaseException exception)
        {
            Log.OutboxFailed(_logger, exception);
        }
        finally
        {
            _inFlight.TryRemove(stored.Sequence, out _);
            _wake.Set();
            finished.SetResult();
        }
    }

    private async Task DeliverAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        var error = await PostAsync(stored, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        if (error is null)
        {
            Log.Delivered(_logger, stored.Type, stored.Bucket, stored.Name, stored.Attempts + 1);
            await _catalog.WriteAsync(connection => EventTables.Delete(connection, stored.Sequence), CancellationToken.None).ConfigureAwait(false);
            return;
        }

        var due = now + _post.Backoff(stored.Attempts);
        var dead = due - stored.Time > _options.Retention;
        if (dead)
        {
            Log.GivenUp(_logger, stored.Type, stored.Bucket, stored.Name, stored.Attempts + 1, error);
        }
        else
        {
            Log.Failed(_logger, stored.Type, stored.Bucket, stored.Name, stored.Attempts + 1, due, error);
        }

        await _catalog.WriteAsync(
            connection => EventTables.Fail(connection, stored.Sequence, error, due, dead), CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<string?> PostAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        using var request = CloudEventRequest.Create(stored, _options.Target);
        return await _post.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
