using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Pipeline.Embedded.Endpoint.Access;

/// <summary>
/// Stands before every route of the endpoint. There is no authentication, so what runs in a browser must not get in unasked: pages of other sites
/// by their <c>Origin</c>, and their names that resolve to this machine by <c>Host</c>. What is no browser sends no origin and passes. Faults are answered here too.
/// </summary>
internal sealed class EndpointDoor
{
    private readonly HostNames _hosts;
    private readonly PageOrigin _origins;

    public EndpointDoor(EndpointAccessOptions options)
    {
        _hosts = new HostNames(options.Hosts);
        _origins = new PageOrigin(options.Origins);
    }

    /// <param name="handle">Answers what may come in; what it throws is answered as an error of the API.</param>
    public RequestDelegate Guard(RequestDelegate handle) => async context =>
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        var origin = request.Headers.Origin.ToString();
        if (FindFault(request, origin) is { } fault)
        {
            await StorageErrors.WriteAsync(response, fault, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        if (origin.Length > 0)
        {
            CrossOrigin.Allow(response, origin);
            if (CrossOrigin.IsQuestion(request))
            {
                CrossOrigin.Answer(request, response);
                return;
            }
        }

        try
        {
            await handle(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (Exception exception) when (!response.HasStarted && StorageErrors.Translate(exception) is { } error)
        {
            await StorageErrors.WriteAsync(response, error, context.RequestAborted).ConfigureAwait(false);
        }
    };

    private StorageRequestException? FindFault(HttpRequest request, string origin)
    {
        if (request.Host.Host is { Length: > 0 } host && !_hosts.Knows(host))
        {
            return Forbidden($"The host is '{host}'; {HostNames.Rule}");
        }

        return origin.Length > 0 && !_origins.IsAllowed(origin, request.Host)
            ? Forbidden($"Pages of '{origin}' may not use this endpoint. If they are yours, add that to the setting Pipeline:Embedded:Origins.")
            : null;
    }

    private static StorageRequestException Forbidden(string message) => new(StatusCodes.Status403Forbidden, "forbidden", message);
}
