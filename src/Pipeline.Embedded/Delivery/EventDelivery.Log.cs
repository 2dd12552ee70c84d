using Microsoft.Extensions.Logging;

namespace Pipeline.Embedded.Delivery;

public sealed partial class EventDelivery
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Type} of '{Name}' in bucket '{Bucket}' was acknowledged at delivery {Attempt}")]
        public static partial void Delivered(ILogger logger, string type, string bucket, string name, int attempt);

        [LoggerMessage(2, LogLevel.Warning, "Delivery {Attempt} of {Type} of '{Name}' in bucket '{Bucket}' failed, the next is due {Next:O}: {Error}")]
        public static partial void Failed(ILogger logger, string type, string bucket, string name, int attempt, DateTimeOffset next, string error);

        [LoggerMessage(4, LogLevel.Error, "{Type} of '{Name}' in bucket '{Bucket}' is given up after {Attempt} deliveries and kept as a dead letter: {Error}")]
        public static partial void GivenUp(ILogger logger, string type, string bucket, string name, int attempt, string error);

        [LoggerMessage(3, LogLevel.Error, "The outbox cannot be read or written now; deliveries go on as soon as it can.")]
        public static partial void OutboxFailed(ILogger logger, Exception exception);
    }
}
