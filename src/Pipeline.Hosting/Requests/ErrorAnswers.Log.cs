using Microsoft.Extensions.Logging;

namespace Pipeline.Hosting.Requests;

internal sealed partial class ErrorAnswers
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The request was refused with {StatusCode}: {Reason}")]
        public static partial void Refused(ILogger logger, int statusCode, string reason);

        [LoggerMessage(2, LogLevel.Warning, "The request is to be sent again: {Reason}")]
        public static partial void RetryLater(ILogger logger, Exception? exception, string reason);

        [LoggerMessage(3, LogLevel.Information, "The client left before it was answered")]
        public static partial void ClientLeft(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning, "The request was cut off by shutdown and is to be sent again")]
        public static partial void CutOff(ILogger logger);

        [LoggerMessage(5, LogLevel.Error, "The function failed")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(6, LogLevel.Error, "The answer had begun when the request failed with {StatusCode}: the connection is closed")]
        public static partial void AlreadyStarted(ILogger logger, int statusCode);
    }
}
