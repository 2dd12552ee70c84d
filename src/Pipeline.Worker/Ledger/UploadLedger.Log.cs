using Microsoft.Extensions.Logging;

namespace Pipeline.Worker.Ledger;

public sealed partial class UploadLedger
{
    private static partial class Log
    {
        [LoggerMessage(EventId = 100, Level = LogLevel.Warning, Message = "Somebody else has taken over {Name}: the change to {Status} is dropped.")]
        public static partial void Lost(ILogger logger, string name, ResultStatus status);

        [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "The app's document for {Name} is left out: {Reason}.")]
        public static partial void AppDocumentLeftOut(ILogger logger, string name, AppDocumentState reason);

        [LoggerMessage(EventId = 102, Level = LogLevel.Error, Message = "{Name} is parked: all of its {Attempts} attempts ended without a word.")]
        public static partial void Exhausted(ILogger logger, string name, int attempts);
    }
}
