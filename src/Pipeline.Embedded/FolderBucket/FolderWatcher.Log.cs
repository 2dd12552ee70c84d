using Microsoft.Extensions.Logging;

namespace Pipeline.Embedded.FolderBucket;

internal sealed partial class FolderWatcher
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The file of '{Name}' in bucket '{Bucket}' cannot be taken in now: {Reason}")]
        public static partial void NotTakenIn(ILogger logger, string bucket, string name, string reason);

        [LoggerMessage(2, LogLevel.Error, "The folder of bucket '{Bucket}' cannot be compared with its catalogue.")]
        public static partial void NotCompared(ILogger logger, string bucket, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "Bucket '{Bucket}' has no notifications of changes, so its folder is compared every {Interval} only: {Reason}")]
        public static partial void NoNotifications(ILogger logger, string bucket, TimeSpan interval, string reason);
    }
}
