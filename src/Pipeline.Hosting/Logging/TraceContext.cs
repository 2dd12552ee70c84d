using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Hosting.Logging;

/// <summary>The trace that a request belongs to.</summary>
/// <param name="TraceId">32 lower-case hexadecimal digits, not all zero.</param>
/// <param name="SpanId">16 lower-case hexadecimal digits, or null.</param>
/// <param name="IsSampled">Null where the header does not say.</param>
internal sealed record TraceContext(string TraceId, string? SpanId, bool? IsSampled)
{
    private const int TraceDigits = 32;

    /// <summary>From <c>X-Cloud-Trace-Context: TRACE/SPAN;o=1</c> (the span is decimal), else from <c>traceparent</c>; null where neither is right.</summary>
    public static TraceContext? Read(IHeaderDictionary headers) =>
        ReadCloud(headers["X-Cloud-Trace-Context"].ToString()) ?? ReadParent(headers.TraceParent.ToString());

    private static TraceContext? ReadCloud(string header)
    {
        if (header.Length < TraceDigits || !IsTraceId(header.AsSpan(0, TraceDigits)))
        {
            return null;
        }

        var rest = header.AsSpan(TraceDigits);
        var options = rest.IndexOf(';');
        var sampled = options >= 0 ? rest[(options + 1)..].Trim() : default;
        var span = options >= 0 ? rest[..options] : rest;
        if (span is ['/', .. var digits] && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var spanId))
        {
            return new TraceContext(
                header[..TraceDigits].ToLowerInvariant(), spanId == 0 ? null : spanId.ToString("x16", CultureInfo.InvariantCulture), Sampled(sampled));
        }

        return span.IsEmpty || span is "/" ? new TraceContext(header[..TraceDigits].ToLowerInvariant(), null, Sampled(sampled)) : null;
    }

    private static bool? Sampled(ReadOnlySpan<char> options) => options is "o=1" ? true : options is "o=0" ? false : null;

    private static TraceContext? ReadParent(string header) =>
        ActivityContext.TryParse(header, null, out var context) && context.TraceId != default && context.SpanId != default
            ? new TraceContext(context.TraceId.ToHexString(), context.SpanId.ToHexString(), context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            : null;

    private static bool IsTraceId(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexDigits) && text.ContainsAnyExcept('0');

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
