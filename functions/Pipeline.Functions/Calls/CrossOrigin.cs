using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Pipeline.Functions.Calls;

/// <summary>Lets pages of every origin call, as Firebase's callables do by default: what a caller may do is decided by its token, not by its page.</summary>
internal static class CrossOrigin
{
    private const string MaxAge = "3600";

    /// <summary>Sets the headers.</summary>
    /// <returns>True where the request was a browser's question beforehand, which is answered with that.</returns>
    public static bool Allow(HttpContext context)
    {
        var (request, response) = (context.Request.Headers, context.Response.Headers);
        if (StringValues.IsNullOrEmpty(request.Origin))
        {
            return false;
        }

        response.AccessControlAllowOrigin = request.Origin;
        response.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (!HttpMethods.IsOptions(context.Request.Method) || StringValues.IsNullOrEmpty(request.AccessControlRequestMethod))
        {
            return false;
        }

        response.AccessControlAllowMethods = HttpMethods.Post;
        response.AccessControlAllowHeaders = request.AccessControlRequestHeaders;
        response.AccessControlMaxAge = MaxAge;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
