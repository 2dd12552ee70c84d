using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Hosting.Requests;

/// <summary>An error as JSON: <c>{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"…"}}</c>, in Google's names.</summary>
internal static class ErrorAnswer
{
    public static Task WriteAsync(HttpContext context, int statusCode, string message, TimeSpan? retryAfter = null)
    {
        context.Response.Clear();
        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return JsonAnswer.WriteAsync(context, statusCode, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteNumber("code", statusCode);
            json.WriteString("status", Status(statusCode));
            json.WriteString("message", message);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static string Status(int statusCode) => statusCode switch
    {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        408 => "DEADLINE_EXCEEDED",
        409 => "ABORTED",
        413 => "PAYLOAD_TOO_LARGE",
        415 => "UNSUPPORTED_MEDIA_TYPE",
        429 => "RESOURCE_EXHAUSTED",
        503 => "UNAVAILABLE",
        >= 500 => "INTERNAL",
        _ => "INVALID_ARGUMENT",
    };
}
