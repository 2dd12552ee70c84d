using Microsoft.AspNetCore.Http;

namespace Pipeline.Hosting.Functions;

/// <summary>A function that answers HTTP requests itself. Made anew for each request, from the services.</summary>
public interface IHttpFunction
{
    /// <summary>Answers one request. Returning normally sends what was written, or an empty 200.</summary>
    /// <param name="context">Its <see cref="HttpContext.RequestAborted"/> ends with the client, and some seconds after shutdown began.</param>
    Task HandleAsync(HttpContext context);
}
