using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.Health;

namespace Pipeline.Hosting.Requests;

/// <summary>Middleware: refuses bodies that are too large, and hands over to draining for everything that is not about health.</summary>
internal sealed class RequestLimits
{
    private readonly RequestDelegate _next;
    private readonly Draining _draining;
    private readonly HostingOptions _options;

    public RequestLimits(RequestDelegate next, Draining draining, HostingOptions options)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(draining);
        ArgumentNullException.ThrowIfNull(options);
        _next = next;
        _draining = draining;
        _options = options;
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength > _options.MaxRequestBytes)
        {
            throw InvalidRequestException.TooLarge(_options.MaxRequestBytes);
        }

        if (context.Request.ContentLength is null)
        {
            context.Request.Body = new LimitedBody(context.Request.Body, _options.MaxRequestBytes);
        }

        return HealthEndpoints.IsHealth(context.Request.Path) ? _next(context) : _draining.InvokeAsync(context, _next);
    }
}
