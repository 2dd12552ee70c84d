using Microsoft.Extensions.Logging;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Uploads;

internal sealed partial class UploadProcessor
{
    private static partial class Log
    {
        [LoggerMessage(EventId = 200, Level = LogLevel.Information, Message = "{Name}: {Outcome}.")]
        public static partial void Ended(ILogger logger, string name, FinishOutcome outcome);

        [LoggerMessage(EventId = 201, Message = "{Name}: {Code}, {Outcome}. {Reason}")]
        public static partial void Failed(ILogger logger, LogLevel level, string name, FailureCode code, FinishOutcome outcome, string reason);

        [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "{Name}: generation {Generation} is gone.")]
        public static partial void Gone(ILogger logger, string name, long generation);

        [LoggerMessage(EventId = 203, Level = LogLevel.Error, Message = "{Name}: an unexpected failure.")]
        public static partial void Unexpected(ILogger logger, Exception exception, string name);
    }
}
