using System.Buffers;

namespace Pipeline.Firebase.Firestore;

/// <summary>An answer that was read whole, up to a limit. A class, as all that goes through the retries: for each structure their code would be compiled anew at the start.</summary>
internal sealed class LimitedAnswer
{
    private const int SmallestRead = 4096;

    private LimitedAnswer(ReadOnlyMemory<byte> content)
    {
        Content = content;
    }

    public ReadOnlyMemory<byte> Content { get; }

    /// <exception cref="FirestoreFaultException">It is larger.</exception>
    public static async Task<LimitedAnswer> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
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
                return new LimitedAnswer(buffer.WrittenMemory);
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
