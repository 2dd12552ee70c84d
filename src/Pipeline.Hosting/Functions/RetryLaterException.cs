namespace Pipeline.Hosting.Functions;

/// <summary>A function could do and record nothing now: the answer is 503 with <c>Retry-After</c>, so that the caller sends the request again.</summary>
public sealed class RetryLaterException : Exception
{
    /// <param name="reason">For people; it is sent to the caller.</param>
    /// <param name="retryAfter">Rounded up to whole seconds, at least one.</param>
    public RetryLaterException(string reason, TimeSpan retryAfter, Exception? innerException = null)
        : base(reason, innerException)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter, TimeSpan.Zero);
        RetryAfter = retryAfter;
    }

    public TimeSpan RetryAfter { get; }
}
