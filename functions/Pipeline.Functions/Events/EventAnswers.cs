using Pipeline.Hosting.Functions;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Events;

/// <summary>The worker's answers to events as the host gives them.</summary>
internal static class EventAnswers
{
    /// <summary>Returns where the event is acknowledged.</summary>
    /// <exception cref="RetryLaterException">Nothing could be recorded: it is to be delivered again.</exception>
    public static void Settle(EventAnswer answer)
    {
        if (answer.RetryAfter is { } wait)
        {
            throw new RetryLaterException(Reason(answer.Verdict), wait);
        }
    }

    private static string Reason(EventVerdict verdict) => verdict switch
    {
        EventVerdict.StoreUnavailable => "The document store is out of reach.",
        EventVerdict.BucketUnavailable => "The bucket is out of reach.",
        EventVerdict.ModelNotReady => "The model is still being loaded.",
        EventVerdict.ShuttingDown => "The instance is shutting down.",
        EventVerdict.QueueFull => "Too many uploads are waiting.",
        _ => $"Nothing could be recorded ({verdict}).",
    };
}
