using Microsoft.Extensions.Logging;

namespace Pipeline.Embedded.FolderBucket;

public sealed partial class FolderObjectWriter
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The files of '{Name}' in bucket '{Bucket}' could not be put in order; the next start does it.")]
        public static partial void CleanUpFailed(ILogger logger, string bucket, string name, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "Generation {Generation} of '{Name}' in bucket '{Bucket}' has no file of its name: {Reason}")]
        public static partial void KeptUnderItsGeneration(ILogger logger, string bucket, string name, long generation, string reason);
    }
}
