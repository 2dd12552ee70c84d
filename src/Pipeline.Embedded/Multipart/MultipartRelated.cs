namespace Pipeline.Embedded.Multipart;

/// <summary>An upload in one request: a part that describes the object, and a part that is the object.</summary>
/// <param name="Description">The first part, whole.</param>
/// <param name="ContentType">What the second part's head says of it, or null.</param>
/// <param name="Content">The second part. Reading it to its end shows whether the body is well-formed.</param>
internal sealed record MultipartRelated(ReadOnlyMemory<byte> Description, string? ContentType, Stream Content)
{
    /// <summary>The most bytes that a description may have.</summary>
    public const int MaxDescriptionBytes = 64 * 1024;

    /// <summary>Reads a body up to the object's first byte.</summary>
    /// <param name="contentType">Of the request.</param>
    /// <exception cref="InvalidMultipartException">It is not two parts, or the first is too long.</exception>
    public static async Task<MultipartRelated> OpenAsync(string? contentType, Stream body, CancellationToken cancellationToken)
    {
        var parts = new PartReader(body, MultipartBoundary.Read(contentType));
        _ = await parts.NextAsync(cancellationToken).ConfigureAwait(false) ?? throw new InvalidMultipartException("it has no part.");
        var description = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await parts.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (description.Length + read > MaxDescriptionBytes)
            {
                throw new InvalidMultipartException($"its first part has more than {MaxDescriptionBytes} bytes.");
            }

            description.Write(buffer, 0, read);
        }

        var head = await parts.NextAsync(cancellationToken).ConfigureAwait(false) ?? throw new InvalidMultipartException("it has one part, not two.");
        return new MultipartRelated(description.ToArray(), head.ContentType, new PartStream(parts));
    }
}
