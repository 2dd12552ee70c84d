namespace Pipeline.Functions.Calls;

/// <summary>A call is answered with an error.</summary>
internal sealed class CallException : Exception
{
    public CallException(CallError error, Exception? innerException = null)
        : base(error.Message, innerException)
    {
        Error = error;
    }

    public CallError Error { get; }
}
