using Polly;
using Polly.Retry;

namespace Pipeline.Firebase;

/// <summary>A request to one of Google's services, each attempt within its time, sent again at most twice, all within one time.</summary>
internal static class RetryPipeline
{
    private const int MaxRetries = 2;

    /// <param name="chance">From 0 to less than 1; spreads the waits.</param>
    /// <param name="mayPass">Whether to send again after what was thrown; the number says how often that was done before.</param>
    /// <param name="note">Told of each wait before it, and what it is for.</param>
    public static ResiliencePipeline Build(
        RetryTimes times, TimeProvider time, Func<double> chance, Func<Exception?, int, bool> mayPass, Action<TimeSpan, Exception?> note)
    {
        var retry = new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(mayPass(arguments.Outcome.Exception, arguments.AttemptNumber)),
            MaxRetryAttempts = MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = times.Delay,
            MaxDelay = times.LargestDelay > times.Delay ? times.LargestDelay : times.Delay,
            UseJitter = true,
            Randomizer = chance,
            OnRetry = arguments =>
            {
                note(arguments.RetryDelay, arguments.Outcome.Exception);
                return ValueTask.CompletedTask;
            },
        };
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(times.Total)
            .AddRetry(retry)
            .AddTimeout(times.Request)
            .Build();
    }
}
