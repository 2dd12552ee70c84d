using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.Endpoint.Access;

namespace Pipeline.Embedded.Page;

/// <summary>
/// Keeps other sites' pages out. They run in the same browser and can reach this address: their own name, resolved to this machine, stands in
/// <c>Host</c>, and what they send on their own carries their <c>Origin</c>.
/// </summary>
internal static class PageGuard
{
    /// <exception cref="PageRequestException">The request was not made to this machine by a known name or by an address.</exception>
    public static void CheckHost(HttpRequest request, HostNames hosts)
    {
        if (!hosts.Knows(request.Host.Host))
        {
            throw PageRequestException.Forbidden($"The host is '{request.Host.Host}'; {HostNames.Rule}");
        }
    }

    /// <exception cref="PageRequestException">The request comes from another site, or could have been sent by one without being asked.</exception>
    public static void CheckOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var isOwnOrigin = origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        if (!isOwnOrigin || site is not ("" or "same-origin" or "none"))
        {
            throw PageRequestException.Forbidden("Requests from other sites are refused.");
        }

        if (HttpMethods.IsPost(request.Method) && !IsJson(request.ContentType))
        {
            throw new PageRequestException(StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.");
        }
    }

    private static bool IsJson(string? contentType) =>
        contentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) == true;
}
