namespace Pipeline.Embedded.Multipart;

/// <summary>A request is not the two parts that it should be.</summary>
internal sealed class InvalidMultipartException : Exception
{
    public InvalidMultipartException(string detail)
        : base($"Malformed multipart body: {detail}")
    {
    }
}
