using System.Text.Json;
using Pipeline.Functions.WarmingUp;
using Pipeline.Hosting.Functions;
using Pipeline.Hosting.Requests;
using Pipeline.Worker;
using Pipeline.Worker.Retries;

namespace Pipeline.Functions;

/// <summary>Called on a schedule: keeps the models warm, retries what is due, takes up what dying instances left. Answers with a report.</summary>
public sealed class Maintain : IHttpFunction
{
    private const string RetryAfterSeconds = "10";

    private readonly UploadWorker _worker;
    private readonly WarmUpCalls _warmUps;

    public Maintain(UploadWorker worker, WarmUpCalls warmUps)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(warmUps);
        _worker = worker;
        _warmUps = warmUps;
    }

    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            throw InvalidRequestException.WrongMethod(context, HttpMethods.Post);
        }

        var warmUps = _warmUps.SendAsync(context.RequestAborted);
        var report = await _worker.Sweep.RunAsync(context.RequestAborted);
        var warmed = await warmUps;
        context.RequestAborted.ThrowIfCancellationRequested();
        if (report.StoreUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        var statusCode = report.StoreUnavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await JsonAnswer.WriteAsync(context, statusCode, json => Write(json, report, warmed));
    }

    private static void Write(Utf8JsonWriter json, SweepReport report, IReadOnlyList<WarmUpResult> warmUps)
    {
        json.WriteStartObject();
        json.WriteString("warmUpError", report.WarmUpError);
        json.WriteNumber("dueLetters", report.DueLetters);
        json.WriteNumber("expiredLeases", report.ExpiredLeases);
        json.WriteStartObject("outcomes");
        foreach (var (verdict, count) in report.Outcomes)
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(verdict), count);
        }

        json.WriteEndObject();
        json.WriteNumber("notStarted", report.NotStarted);
        json.WriteBoolean("storeUnavailable", report.StoreUnavailable);
        json.WriteStartArray("warmUps");
        foreach (var (url, error) in warmUps)
        {
            json.WriteStartObject();
            json.WriteString("url", url.AbsoluteUri);
            json.WriteString("error", error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("durationMs", Math.Round(report.Duration.TotalMilliseconds, 3));
        json.WriteEndObject();
    }
}
