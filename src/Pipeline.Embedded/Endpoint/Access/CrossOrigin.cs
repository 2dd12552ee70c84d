using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Pipeline.Embedded.Endpoint.Access;

/// <summary>What browsers must be told so that a page of another origin may use the endpoint.</summary>
internal static class CrossOrigin
{
    private const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private const string MaxAge = "3600";
    private const int MaxRequestedHeaders = 64;

    private static readonly string Exposed = string.Join(
        ", ",
        "accept-ranges", "content-disposition", "content-encoding", "content-length", "content-range", "date", "etag", "last-modified", "location", "range", "retry-after",
        "x-goog-generation", "x-goog-hash", "x-goog-metageneration", "x-goog-storage-class", "x-goog-stored-content-encoding", "x-goog-stored-content-length",
        "x-goog-upload-chunk-granularity", "x-goog-upload-control-url", "x-goog-upload-size-received", "x-goog-upload-status", "x-goog-upload-url",
        "x-guploader-uploadid");

    private static readonly HashSet<string> Requested = new(StringComparer.OrdinalIgnoreCase)
    {
        "accept", "authorization", "baggage", "cache-control", "content-disposition", "content-encoding", "content-language", "content-range", "content-type",
        "if-match", "if-modified-since", "if-none-match", "if-unmodified-since", "pragma", "range", "sentry-trace", "traceparent", "tracestate",
    };

    /// <summary>On every answer to an allowed page, also on errors: a page that may not read an error sees a broken network.</summary>
    public static void Allow(HttpResponse response, string origin)
    {
        response.Headers.AccessControlAllowOrigin = origin;
        response.Headers.AccessControlExposeHeaders = Exposed;
    }

    /// <summary>Whether a browser asks beforehand what the page may do.</summary>
    public static bool IsQuestion(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>Answers that question: methods, and those of the headers asked for that clients of Cloud Storage send.</summary>
    public static void Answer(HttpRequest request, HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = Methods;
        response.Headers.AccessControlMaxAge = MaxAge;
        var headers = string.Join(", ", request.Headers.AccessControlRequestHeaders
            .SelectMany(static line => (line ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(IsAllowed)
            .Take(MaxRequestedHeaders));
        if (headers.Length > 0)
        {
            response.Headers.AccessControlAllowHeaders = headers;
        }

        if (request.Headers["Access-Control-Request-Private-Network"] == "true")
        {
            response.Headers["Access-Control-Allow-Private-Network"] = "true";
        }

        response.Headers.Append(HeaderNames.Vary, "Access-Control-Request-Headers");
    }

    /// <summary>Clients name their own headers <c>x-…</c>: those of Firebase, of Google's libraries and of uploads.</summary>
    private static bool IsAllowed(string header) =>
        Requested.Contains(header)
        || (header.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && header.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}
