using System.Buffers.Binary;
using Microsoft.Extensions.Primitives;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Endpoint;

/// <summary>The header <c>x-goog-hash</c>: <c>crc32c=BASE64,md5=BASE64</c>, either or both.</summary>
internal static class GoogHash
{
    /// <exception cref="StorageRequestException">A checksum cannot be read.</exception>
    public static (uint? Crc32C, string? Md5) Parse(StringValues header)
    {
        uint? crc32C = null;
        string? md5 = null;
        foreach (var part in header.SelectMany(static value => (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            switch (part.Split('=', 2))
            {
                case ["crc32c", var text]:
                    crc32C = BinaryPrimitives.ReadUInt32BigEndian(Decode(text, sizeof(uint)));
                    break;
                case ["md5", var text]:
                    md5 = Convert.ToBase64String(Decode(text, 16));
                    break;
                default:
                    throw StorageRequestException.Invalid($"x-goog-hash holds '{part}'; it takes 'crc32c=' and 'md5='.");
            }
        }

        return (crc32C, md5);
    }

    public static string Format(ContentFacts content) => $"crc32c={Crc32C.ToText(content.Crc32C)},md5={content.Md5}";

    private static byte[] Decode(string text, int length)
    {
        var bytes = new byte[length];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == length
            ? bytes
            : throw StorageRequestException.Invalid($"x-goog-hash holds '{text}'; it must be base64 of {length} bytes.");
    }
}
