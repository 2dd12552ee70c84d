using Microsoft.Extensions.Logging;
using Pipeline.Worker.Uploads;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>What is sent again: everything here only reads, so whatever may pass, twice.</summary>
internal static partial class CloudStorageRetries
{
    private const int MaxRetries = 2;

    private static readonly TimeSpan LargestDelay = TimeSpan.FromSeconds(4);

    public static ResiliencePipeline Build(CloudStorageOptions options, TimeProvider time, Func<double> chance, ILogger logger)
    {
        var retry = new RetryStrategyOptions
        {
            ShouldHandle = static arguments => ValueTask.FromResult(MayPass(arguments.Outcome.Exception)),
            MaxRetryAttempts = MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = options.RetryDelay,
            MaxDelay = LargestDelay > options.RetryDelay ? LargestDelay : options.RetryDelay,
            UseJitter = true,
            Randomizer = chance,
            OnRetry = arguments =>
            {
                Log.SentAgain(logger, arguments.RetryDelay.TotalMilliseconds, arguments.Outcome.Exception?.Message);
                return ValueTask.CompletedTask;
            },
        };
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(options.TotalTimeout)
            .AddRetry(retry)
            .AddTimeout(options.RequestTimeout)
            .Build();
    }

    private static bool MayPass(Exception? exception) =>
        exception is TimeoutRejectedException || exception is ObjectStoreException failure && CloudStorageFaults.MayPass(failure.Error);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Cloud Storage is asked again in {Milliseconds:0} ms: {Reason}")]
        public static partial void SentAgain(ILogger logger, double milliseconds, string? reason);
    }
}
