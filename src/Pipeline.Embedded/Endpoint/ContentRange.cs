using System.Globalization;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>What a request says of the piece of an upload that it carries.</summary>
internal static class ContentRange
{
    private const string Rule = "it must be 'bytes FIRST-LAST/SIZE', 'bytes FIRST-*/SIZE' or 'bytes */SIZE', where SIZE may be '*'.";

    /// <param name="header">The header <c>Content-Range</c>; without one, the body is the whole object.</param>
    /// <param name="length">The bytes of the body, or null where they are not told beforehand.</param>
    /// <exception cref="StorageRequestException">The header cannot be read, or speaks of another length than the body has.</exception>
    public static UploadChunk Read(string? header, long? length)
    {
        if (string.IsNullOrEmpty(header))
        {
            return new UploadChunk(Offset: 0, length, Total: length, EndsObject: true);
        }

        if (header.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var unit, var range]
            || !unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)
            || range.Split('/') is not [var place, var size]
            || !TryReadSize(size, out var total))
        {
            throw Invalid(header);
        }

        if (place == "*")
        {
            return new UploadChunk(Offset: null, Length: 0, total, EndsObject: false);
        }

        if (place.Split('-') is not [var first, var last] || !TryRead(first, out var offset))
        {
            throw Invalid(header);
        }

        return last == "*" ? new UploadChunk(offset, length, total, EndsObject: true)
            : TryRead(last, out var end) && end >= offset ? Piece(header, offset, end, total, length)
            : throw Invalid(header);
    }

    private static UploadChunk Piece(string header, long offset, long end, long? total, long? length)
    {
        // Both are at least 0, so the difference fits; only 0 to the largest number has one byte too many.
        var size = end - offset == long.MaxValue ? throw Invalid(header) : end - offset + 1;
        return length is null || length == size
            ? new UploadChunk(offset, size, total, EndsObject: total is not null && end == total - 1)
            : throw StorageRequestException.Invalid($"Content-Range '{header}' speaks of {size} bytes, the body has {length}.");
    }

    private static bool TryReadSize(string text, out long? size)
    {
        size = TryRead(text, out var number) ? number : null;
        return size is not null || text == "*";
    }

    private static bool TryRead(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static StorageRequestException Invalid(string header) => StorageRequestException.Invalid($"Content-Range is '{header}'; {Rule}");
}
