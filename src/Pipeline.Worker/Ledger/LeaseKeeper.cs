using Microsoft.Extensions.Logging;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>
/// Renews a claim at a fifth of its lease while work goes on. Stopped, and its last request awaited, before the holder writes anything else.
/// </summary>
public sealed partial class LeaseKeeper : IAsyncDisposable
{
    private readonly UploadLedger _ledger;
    private readonly Claim _claim;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _loop;

    private LeaseKeeper(UploadLedger ledger, Claim claim, TimeSpan interval, TimeProvider time, ILogger logger, CancellationToken requests)
    {
        _ledger = ledger;
        _claim = claim;
        _interval = interval;
        _time = time;
        _logger = logger;
        Lost = _lost.Token;
        _loop = RunAsync(requests);
    }

    /// <summary>Cancelled when a renewal is refused for good: the work is to stop, its result would be refused as well.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Begins to renew.</summary>
    /// <param name="lease">The lease's length; renewed at a fifth of it.</param>
    /// <param name="requests">Ends even a request that is under way.</param>
    public static LeaseKeeper Start(UploadLedger ledger, Claim claim, TimeSpan lease, TimeProvider time, ILogger logger, CancellationToken requests)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(time);
        return new LeaseKeeper(ledger, claim, lease / 5, time, logger, requests);
    }

    /// <summary>Ends the loop and waits for its last request. May be called more than once.</summary>
    public async Task StopAsync()
    {
        _stop.Cancel();
        await _loop;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RunAsync(CancellationToken requests)
    {
        while (true)
        {
            try
            {
                await Task.Delay(_interval, _time, _stop.Token);
                if (await _ledger.RenewAsync(_claim, requests) == RenewOutcome.Lost)
                {
                    Log.Lost(_logger, LogText.Of(_claim.Work.Target.Name));
                    _lost.Cancel();
                    return;
                }
            }
            catch (DocumentStoreException exception)
            {
                // The lease may still hold, and the last write is fenced in any case: try again at the next turn.
                Log.NotRenewed(_logger, exception, LogText.Of(_claim.Work.Target.Name));
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested || requests.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 110, Level = LogLevel.Warning, Message = "The claim on {Name} is lost; the work stops.")]
        public static partial void Lost(ILogger logger, string name);

        [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "The claim on {Name} could not be renewed for the moment.")]
        public static partial void NotRenewed(ILogger logger, Exception exception, string name);
    }
}
