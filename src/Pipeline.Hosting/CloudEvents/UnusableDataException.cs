namespace Pipeline.Hosting.CloudEvents;

/// <summary>An event's envelope is right, its data is not. The message is safe to send back.</summary>
internal sealed class UnusableDataException : Exception
{
    public UnusableDataException(string reason, Exception? innerException = null)
        : base(reason, innerException)
    {
    }
}
