using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Embedded.Endpoint;

/// <summary>The part of an object's bytes that a request asks for (RFC 9110, 14).</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">How many.</param>
internal readonly record struct ByteSpan(long Start, long Length)
{
    /// <summary>One range; null where the header asks for none, for several, or for what is no range of bytes: then all is sent.</summary>
    /// <exception cref="StorageRequestException">The range begins behind the end (416).</exception>
    public static ByteSpan? Read(string? header, long size)
    {
        if (!RangeHeaderValue.TryParse(header, out var ranges) || ranges.Unit != "bytes" || ranges.Ranges.Count != 1)
        {
            return null;
        }

        var range = ranges.Ranges.Single();
        var start = range.From ?? Math.Max(0, size - range.To!.Value);
        if (start >= size || (range.From is null && range.To == 0))
        {
            throw new StorageRequestException(
                StatusCodes.Status416RangeNotSatisfiable, "requestedRangeNotSatisfiable", $"The range '{header}' begins behind the {size} bytes of the object.");
        }

        var end = range.From is null ? size - 1 : Math.Min(range.To ?? size - 1, size - 1);
        return new ByteSpan(start, end - start + 1);
    }
}
