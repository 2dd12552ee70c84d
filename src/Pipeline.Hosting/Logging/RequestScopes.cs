using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pipeline.Hosting.Logging;

/// <summary>Middleware: gives the log entries of a request its execution id and its trace.</summary>
internal sealed class RequestScopes
{
    private const string ExecutionIdHeader = "Function-Execution-Id";
    private const int MaxExecutionId = 64;
    private const int OwnExecutionId = 12;

    private readonly RequestDelegate _next;
    private readonly ILogger<RequestScopes> _logger;

    public RequestScopes(RequestDelegate next, ILogger<RequestScopes> logger)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(logger);
        _next = next;
        _logger = logger;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        using var scope = _logger.BeginScope(new RequestScope(ExecutionId(headers[ExecutionIdHeader].ToString()), TraceContext.Read(headers)));
        await _next(context);
    }

    private static string ExecutionId(string header) =>
        header.Length is > 0 and <= MaxExecutionId && header.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? header
            : Guid.NewGuid().ToString("N")[..OwnExecutionId];
}
