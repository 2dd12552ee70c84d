using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Pipeline.Hosting.Requests;

/// <summary>Reads a request's body into memory, within a limit.</summary>
public static class RequestBody
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>The whole body. Memory grows with what arrives, not with what was announced.</summary>
    /// <param name="maxBytes">More is refused, before it is read where the length is announced.</param>
    /// <exception cref="InvalidRequestException">413: too large. 415: the body is compressed.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        RefuseEncoded(request);
        if (request.ContentLength > maxBytes)
        {
            throw InvalidRequestException.TooLarge(maxBytes);
        }

        var bytes = new ArrayBufferWriter<byte>((int)Math.Clamp(request.ContentLength ?? FirstBuffer, 1, FirstBuffer));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (bytes.WrittenCount + read.Buffer.Length > maxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                throw InvalidRequestException.TooLarge(maxBytes);
            }

            foreach (var segment in read.Buffer)
            {
                bytes.Write(segment.Span);
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return bytes.WrittenMemory;
            }
        }
    }

    private static void RefuseEncoded(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw InvalidRequestException.UnsupportedType($"{HeaderNames.ContentEncoding} is not read here: send the body as it is.");
        }
    }
}
