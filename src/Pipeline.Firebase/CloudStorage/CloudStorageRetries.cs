using Microsoft.Extensions.Logging;
using Pipeline.Worker.Uploads;
using Polly;
using Polly.Timeout;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>What is sent again: everything here only reads, so whatever may pass, twice.</summary>
internal static partial class CloudStorageRetries
{
    private static readonly TimeSpan LargestDelay = TimeSpan.FromSeconds(4);

    public static ResiliencePipeline Build(CloudStorageOptions options, TimeProvider time, Func<double> chance, ILogger logger) => RetryPipeline.Build(
        new RetryTimes(options.RequestTimeout, options.TotalTimeout, options.RetryDelay, LargestDelay),
        time,
        chance,
        static (exception, _) => MayPass(exception),
        (wait, exception) => Log.SentAgain(logger, wait.TotalMilliseconds, exception?.Message));

    private static bool MayPass(Exception? exception) =>
        exception is TimeoutRejectedException || exception is ObjectStoreException failure && CloudStorageFaults.MayPass(failure.Error);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Cloud Storage is asked again in {Milliseconds:0} ms: {Reason}")]
        public static partial void SentAgain(ILogger logger, double milliseconds, string? reason);
    }
}
