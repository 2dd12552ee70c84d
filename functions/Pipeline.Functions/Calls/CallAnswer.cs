using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Pipeline.Hosting.Requests;
using Pipeline.Worker.Classification;

namespace Pipeline.Functions.Calls;

/// <summary>Writes the answer of a call: JSON, or one server-sent event where the client asked for a stream.</summary>
internal static class CallAnswer
{
    private const string EventStream = "text/event-stream";

    /// <param name="isCallable">True: wrapped as <c>{"result": …}</c>; false: the result itself.</param>
    public static Task WriteAsync(HttpContext context, ImageClassification classification, bool isCallable) =>
        SendAsync(context, StatusCodes.Status200OK, json =>
        {
            if (!isCallable)
            {
                ClassificationJson.Write(json, classification);
                return;
            }

            json.WriteStartObject();
            json.WritePropertyName("result");
            ClassificationJson.Write(json, classification);
            json.WriteEndObject();
        });

    public static Task WriteAsync(HttpContext context, CallError error)
    {
        if (error.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds;
        }

        return SendAsync(context, error.StatusCode, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("message", error.Message);
            json.WriteString("status", error.Status);
            if (error.Code is not null)
            {
                json.WriteStartObject("details");
                json.WriteString("code", error.Code);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static Task SendAsync(HttpContext context, int statusCode, Action<Utf8JsonWriter> write)
    {
        if (!context.Request.Headers[HeaderNames.Accept].ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase))
        {
            return JsonAnswer.WriteAsync(context, statusCode, write);
        }

        // In a stream the status is sent before the outcome is known, so that it is always 200.
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = EventStream;
        return context.Response.WriteAsync($"data: {Encoding.UTF8.GetString(JsonAnswer.Render(write).Span)}\n\n", context.RequestAborted);
    }
}
