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
            endpoints.Map(path, context => IsRead(context) ? WriteAsync(context, StatusCodes.Status200OK, "live", []) : RefuseAsync(context));
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
            return WriteAsync(context, StatusCodes.Status200OK, "ready", []);
        }

        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "unready", missing);
    }

    private static Task RefuseAsync(HttpContext context) => throw InvalidRequestException.WrongMethod(context, "GET, HEAD");

    private static Task WriteAsync(HttpContext context, int statusCode, string status, List<string> reasons) =>
        JsonAnswer.WriteAsync(context, statusCode, json =>
        {
            json.WriteStartObject();
            json.WriteString("status", status);
            if (reasons.Count > 0)
            {
                json.WriteStartArray("reasons");
                reasons.ForEach(json.WriteStringValue);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
}
