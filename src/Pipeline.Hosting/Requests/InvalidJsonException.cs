namespace Pipeline.Hosting.Requests;

/// <summary>Text is not the strict JSON that is read here. The message says what is wrong and is safe to send back.</summary>
public sealed class InvalidJsonException : Exception
{
    public InvalidJsonException(string reason, Exception? innerException = null)
        : base(reason, innerException)
    {
    }
}
