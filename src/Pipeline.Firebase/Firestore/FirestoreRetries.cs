using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace Pipeline.Firebase.Firestore;

/// <summary>
/// What is sent again in this room. A read: after UNAVAILABLE, DEADLINE_EXCEEDED, a time-out or a broken connection twice, after INTERNAL once.
/// A commit: only where it never left. Everything else is the caller's to decide, who knows whether sending it again is safe.
/// </summary>
internal sealed partial class FirestoreRetries
{
    private static readonly TimeSpan LargestDelay = TimeSpan.FromSeconds(2);

    private readonly FirestoreOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<double> _chance;
    private readonly ILogger _logger;

    public FirestoreRetries(FirestoreOptions options, TimeProvider time, Func<double> chance, ILogger logger)
    {
        _options = options;
        _time = time;
        _chance = chance;
        _logger = logger;
        Reads = Build(static (exception, attempt) => exception is TimeoutRejectedException || MayReadAgain(exception, attempt));
        Commits = Build(static (exception, _) => exception is FirestoreFaultException { Fault: { Origin: FaultOrigin.NotSent, Status: FirestoreStatus.Unavailable } });
    }

    public ResiliencePipeline Reads { get; }

    public ResiliencePipeline Commits { get; }

    private static bool MayReadAgain(Exception? exception, int attempt) => exception is FirestoreFaultException { Fault: var fault }
        && fault switch
        {
            { Origin: FaultOrigin.NotSent, Status: FirestoreStatus.Unavailable } or { Origin: FaultOrigin.NoAnswer } => true,
            { Status: FirestoreStatus.Unavailable or FirestoreStatus.DeadlineExceeded } => true,
            { Status: FirestoreStatus.Internal } => attempt == 0,
            _ => false,
        };

    private ResiliencePipeline Build(Func<Exception?, int, bool> mayPass) => RetryPipeline.Build(
        new RetryTimes(_options.RequestTimeout, _options.TotalTimeout, _options.RetryDelay, LargestDelay),
        _time,
        _chance,
        mayPass,
        (wait, exception) => Log.SentAgain(_logger, wait.TotalMilliseconds, exception?.Message));

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Firestore is asked again in {Milliseconds:0} ms: {Reason}")]
        public static partial void SentAgain(ILogger logger, double milliseconds, string? reason);
    }
}
