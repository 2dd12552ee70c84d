using Pipeline.Firebase.Identity.Callers;
using Pipeline.Hosting.Callers;
using Pipeline.Hosting.Functions;
using Pipeline.Hosting.Requests;

namespace Pipeline.Functions.Callers;

/// <summary>Lets Google's services and the project's own accounts fire events and call the sweep.</summary>
internal sealed partial class CallerGate : ICallerGate
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ServiceCallers _callers;
    private readonly ILogger<CallerGate> _logger;

    public CallerGate(ServiceCallers callers, ILogger<CallerGate> logger)
    {
        ArgumentNullException.ThrowIfNull(callers);
        ArgumentNullException.ThrowIfNull(logger);
        _callers = callers;
        _logger = logger;
    }

    public async ValueTask CheckAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await _callers.CheckAsync(context.Request.Headers.Authorization, context.RequestAborted);
        }
        catch (TokenRefusedException exception)
        {
            Log.Refused(_logger, exception.Message);
            throw new InvalidRequestException(exception.IsForbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized, exception.Message, exception);
        }
        catch (KeysUnavailableException exception)
        {
            Log.Undecided(_logger, exception);
            throw new RetryLaterException("Callers cannot be verified now.", RetryAfter, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A caller was refused: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "A caller could not be verified")]
        public static partial void Undecided(ILogger logger, Exception exception);
    }
}
