using System.Buffers;

namespace Pipeline.Firebase.Firestore;

/// <summary>Reads an answer whole, up to a limit.</summary>
internal static class LimitedAnswer
{
    private const int SmallestRead = 4096;

    /// <exception cref="FirestoreFaultException">It is larger.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var declared = content.Headers.ContentLength;
        if (declared > maxBytes)
        {
            throw TooLarge($"the answer has {declared} bytes", maxBytes);
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new ArrayBufferWriter<byte>((int)(declared ?? 0) + SmallestRead);
        while (true)
        {
            var read = await stream.ReadAsync(buffer.GetMemory(SmallestRead), cancellationToken);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
            {
                throw TooLarge("the answer is larger", maxBytes);
            }
        }
    }

    private static FirestoreFaultException TooLarge(string detail, int maxBytes) => new(new FirestoreFault(
        FaultOrigin.TooLarge, FirestoreStatus.Unknown, $"{detail} than the {maxBytes} bytes that are read; ask for less at once"));
}
