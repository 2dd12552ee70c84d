using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.Health;

/// <summary>
/// <c>/health/live</c> and <c>/healthz</c>: 200 while the process serves. <c>/health/ready</c> and <c>/readyz</c>: 200, or 503 with what is missing.
/// (Cloud Run keeps paths ending in <c>z</c> for itself.) <c>/robots.txt</c> and <c>/favicon.ico</c> run no function.
/// </summary>
internal static class HealthEndpoints
{
    private static readonly string[] LivePaths = ["/health/live", "/healthz"];
    private static readonly string[] ReadyPaths = ["/health/ready", "/readyz"];
    private static readonly string[] AbsentPaths = ["/robots.txt", "/favicon.ico"];

    public static bool IsHealth(PathString path) =>
        LivePaths.Concat(ReadyPaths).Any(health => path.Equals(health, StringComparison.OrdinalIgnoreCase));

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var path in LivePaths)
        {
            endpoints.Map(path, context => IsRead(context) ? WriteAsync(context, "live", []) : RefuseAsync(context));
        }

        foreach (var path in ReadyPaths)
        {
            endpoints.Map(path, context => IsRead(context) ? AnswerReadyAsync(context) : RefuseAsync(context));
        }

        foreach (var path in AbsentPaths)
        {
            endpoints.Map(path, context => ErrorAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such file."));
        }
    }

    private static bool IsRead(HttpContext context) => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

    private static Task AnswerReadyAsync(HttpContext context)
    {
        var missing = context.RequestServices.GetServices<IReadiness>().SelectMany(part => part.Missing()).ToList();
        if (context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            missing.Add("The instance is shutting down.");
        }

        if (missing.Count == 0)
        {
            return WriteAsync(context, "ready", []);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(context, "unready", missing);
    }

    private static async Task RefuseAsync(HttpContext context)
    {
        await ErrorAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Health is asked for by GET or HEAD.");
        context.Response.Headers.Allow = "GET, HEAD";
    }

    private static async Task WriteAsync(HttpContext context, string status, List<string> reasons)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", status);
        if (reasons.Count > 0)
        {
            json.WriteStartArray("reasons");
            foreach (var reason in reasons)
            {
                json.WriteStringValue(reason);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
