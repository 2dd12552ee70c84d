using Microsoft.Extensions.Logging;

namespace Pipeline.Embedded.Delivery;

public sealed partial class EventDelivery
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Type} of '{Name}' in bucket '{Bucket}' was acknowledged at delivery {Attempt}")]
        public static partial void Delivered(ILogger logger, string type, string bucket, string name, int attempt);

        [LoggerMessage(2, LogLevel.Warning, "Delivery {Attempt} of {Type} of '{Name}' in bucket '{Bucket}' failed, {Next}: {Error}")]
        public static partial void Failed(ILogger logger, string type, string bucket, string name, int attempt, string next, string error);

        [LoggerMessage(3, LogLevel.Error, "The outbox cannot be read or written now; deliveries go on as soon as it can.")]
        public static partial void OutboxFailed(ILogger logger, Exception exception);
    }
}
