using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Pipeline.Firebase.Firestore;

/// <summary>
/// What is sent again in this room. A read: after UNAVAILABLE, DEADLINE_EXCEEDED, a time-out or a broken connection twice, after INTERNAL once.
/// A commit: only where it never left. Everything else is the caller's to decide, who knows whether sending it again is safe.
/// </summary>
internal sealed partial class FirestoreRetries
{
    private const int MaxRetries = 2;

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

    private ResiliencePipeline Build(Func<Exception?, int, bool> mayPass)
    {
        var retry = new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(mayPass(arguments.Outcome.Exception, arguments.AttemptNumber)),
            MaxRetryAttempts = MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = _options.RetryDelay,
            MaxDelay = LargestDelay > _options.RetryDelay ? LargestDelay : _options.RetryDelay,
            UseJitter = true,
            Randomizer = _chance,
            OnRetry = arguments =>
            {
                Log.SentAgain(_logger, arguments.RetryDelay.TotalMilliseconds, arguments.Outcome.Exception?.Message);
                return ValueTask.CompletedTask;
            },
        };
        return new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddTimeout(_options.TotalTimeout)
            .AddRetry(retry)
            .AddTimeout(_options.RequestTimeout)
            .Build();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Firestore is asked again in {Milliseconds:0} ms: {Reason}")]
        public static partial void SentAgain(ILogger logger, double milliseconds, string? reason);
    }
}
