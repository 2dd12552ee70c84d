namespace Pipeline.Firebase.Firestore;

/// <summary>A request gave nothing usable. It does not leave this room: callers see what it means to them.</summary>
internal sealed class FirestoreFaultException : Exception
{
    public FirestoreFaultException(FirestoreFault fault, Exception? innerException = null)
        : base(fault.Message, innerException)
    {
        Fault = fault;
    }

    public FirestoreFault Fault { get; }
}
