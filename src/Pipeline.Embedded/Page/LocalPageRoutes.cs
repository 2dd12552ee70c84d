using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.Endpoint.Access;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page;

/// <summary>Puts the local page into an application.</summary>
public static partial class LocalPageRoutes
{
    /// <summary>The page at <c>/</c> and what it asks for below <c>/api</c>. Requests of other sites are refused.</summary>
    /// <param name="access">By which names it may be called; null for those of this machine only.</param>
    public static IEndpointRouteBuilder MapLocalPage(this IEndpointRouteBuilder routes, LocalPage page, EndpointAccessOptions? access = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(page);
        var hosts = new HostNames(EndpointAccessOptions.Checked(access).Hosts);
        routes.MapMethods("/", ["GET", "HEAD"], Guarded(page, hosts, context => page.Assets.SendAsync(context, "index.html")));
        foreach (var name in page.Assets.Names)
        {
            routes.MapMethods("/" + name, ["GET", "HEAD"], Guarded(page, hosts, context => page.Assets.SendAsync(context, name)));
        }

        Map("GET", "setup", page.Setup.SendAsync);
        Map("GET", "models", page.Models.ListAsync);
        Map("GET", "documents", page.Documents.ListAsync);
        Map("GET", "document", page.Documents.GetAsync);
        Map("POST", "redrive", page.Documents.RedriveAsync);
        Map("GET", "dead-letters", page.Letters.ListAsync);
        Map("POST", "dead-letters/retry", page.Letters.RetryAsync);
        Map("POST", "dead-letters/park", page.Letters.ParkAsync);
        Map("POST", "dead-letters/drop", page.Letters.DropAsync);
        Map("GET", "picture", page.Pictures.GetAsync);
        Map("GET", "thumbnail", page.Pictures.ShrinkAsync);
        Map("GET", "model-view", page.Pictures.LookAsync);
        Map("GET", "events", page.Events.SendAsync);
        return routes;

        void Map(string method, string path, Func<HttpContext, Task> handle) => routes.MapMethods("/api/" + path, [method], Guarded(page, hosts, context =>
        {
            PageGuard.CheckOrigin(context.Request);
            return handle(context);
        }));
    }

    private static RequestDelegate Guarded(LocalPage page, HostNames hosts, Func<HttpContext, Task> handle) => async context =>
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try
        {
            PageGuard.CheckHost(context.Request, hosts);
            await handle(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (PageRequestException exception) when (!context.Response.HasStarted)
        {
            await SendErrorAsync(context, exception.Status, exception.Message).ConfigureAwait(false);
        }
        catch (DocumentStoreException exception) when (!context.Response.HasStarted)
        {
            await SendErrorAsync(context, StatusCodes.Status503ServiceUnavailable, "The documents cannot be read or written now.").ConfigureAwait(false);
            Log.StoreFailed(page.Logger, exception.Message);
        }
#pragma warning disable CA1031 // A fault that nobody foresaw is one answer, and stands in the log whole.
        catch (Exception exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await SendErrorAsync(context, StatusCodes.Status500InternalServerError, "Something unexpected went wrong; the log tells more.").ConfigureAwait(false);
            Log.Failed(page.Logger, exception);
        }
    };

    private static Task SendErrorAsync(HttpContext context, int status, string message) => PageJson.SendAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteNumber("code", status);
        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The page got no answer: {Reason}")]
        public static partial void StoreFailed(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "A request of the page failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
