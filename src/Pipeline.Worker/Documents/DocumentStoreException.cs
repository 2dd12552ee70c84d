namespace Pipeline.Worker.Documents;

/// <summary>A document store gave no usable answer.</summary>
public sealed class DocumentStoreException : Exception
{
    public DocumentStoreException(DocumentStoreError error, string operation, string detail, Exception? innerException = null)
        : base($"The document store failed to {operation} ({error}): {detail}", innerException)
    {
        Error = error;
        Operation = operation;
    }

    public DocumentStoreError Error { get; }

    /// <summary><c>get</c>, <c>commit</c> or <c>query</c>.</summary>
    public string Operation { get; }
}
