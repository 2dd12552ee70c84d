using System.IO.Compression;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Uploads;

/// <summary>Undoes the encoding that an object is stored in.</summary>
internal static class StoredEncoding
{
    /// <param name="content">As stored.</param>
    /// <param name="encoding">Null, empty, <c>identity</c> or <c>gzip</c>; others are refused.</param>
    /// <param name="maxBytes">More is refused as soon as it is seen.</param>
    /// <exception cref="ClassificationException">Damaged, too large, or an encoding that is not undone here.</exception>
    public static async Task<ReadOnlyMemory<byte>> DecodeAsync(
        ReadOnlyMemory<byte> content,
        string? encoding,
        long maxBytes,
        CancellationToken cancellationToken)
    {
        switch (encoding?.Trim().ToLowerInvariant())
        {
            case null or "" or "identity":
                return content;
            case "gzip" or "x-gzip":
                return await InflateAsync(content, maxBytes, cancellationToken);
            default:
                throw new ClassificationException(FailureCode.EncodingNotSupported, "The object is stored in an encoding other than gzip.");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> InflateAsync(ReadOnlyMemory<byte> content, long maxBytes, CancellationToken cancellationToken)
    {
        var result = new MemoryStream();
        try
        {
            using var stored = new MemoryStream(content.ToArray(), writable: false);
            await using var inflating = new GZipStream(stored, CompressionMode.Decompress);
            var buffer = new byte[81_920];
            int read;
            while ((read = await inflating.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (result.Length + read > maxBytes)
                {
                    throw new ClassificationException(FailureCode.TooLarge, $"Unpacked, the object has more than the {maxBytes} bytes that are allowed.");
                }

                await result.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new ClassificationException(FailureCode.DamagedImage, "The object says it is gzip and is not.", innerException: exception);
        }

        return result.ToArray();
    }
}
