using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Pipeline.Hosting.Functions;

namespace Pipeline.Hosting.Requests;

/// <summary>Turns what a request failed with into its answer. No stack, path or exception message of foreign code leaves the process.</summary>
internal sealed partial class ErrorAnswers
{
    private readonly RequestDelegate _next;
    private readonly ILogger<ErrorAnswers> _logger;

    public ErrorAnswers(RequestDelegate next, ILogger<ErrorAnswers> logger)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(logger);
        _next = next;
        _logger = logger;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var client = context.RequestAborted;
        try
        {
            await _next(context);
        }
        catch (InvalidRequestException exception)
        {
            Log.Refused(_logger, exception.StatusCode, exception.Message);
            await AnswerAsync(context, exception.StatusCode, exception.Message);
        }
        catch (BadHttpRequestException exception)
        {
            Log.Refused(_logger, exception.StatusCode, exception.Message);
            await AnswerAsync(context, exception.StatusCode, "The request is malformed or was cut off.");
        }
        catch (RetryLaterException exception)
        {
            Log.RetryLater(_logger, exception.InnerException, exception.Message);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message, exception.RetryAfter);
        }
        catch (Exception exception) when (client.IsCancellationRequested && exception is (OperationCanceledException or IOException))
        {
            Log.ClientLeft(_logger);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.CutOff(_logger);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "The instance is shutting down.", TimeSpan.FromSeconds(1));
        }
        catch (Exception exception)
        {
            Log.Failed(_logger, exception);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "The function failed; its log says why.");
        }
    }

    private async Task AnswerAsync(HttpContext context, int statusCode, string message, TimeSpan? retryAfter = null)
    {
        if (context.Response.HasStarted)
        {
            Log.AlreadyStarted(_logger, statusCode);
            context.Abort();
            return;
        }

        await ErrorAnswer.WriteAsync(context, statusCode, message, retryAfter);
    }
}
