using Microsoft.Extensions.Logging;

namespace Pipeline.Worker.ModelStore;

public sealed partial class ModelRegistry
{
    private static partial class Log
    {
        [LoggerMessage(
            3000,
            LogLevel.Information,
            "Model {Model}, version {Version}, SHA-256 {Sha256}, is ready: loaded in {LoadMs:0} ms, warmed in {WarmMs:0} ms.")]
        public static partial void Ready(ILogger logger, string model, string version, string sha256, double loadMs, double warmMs);

        [LoggerMessage(3001, LogLevel.Error, "Model {Model} in {Folder} cannot be used; it is tried again when it is asked for.")]
        public static partial void Failed(ILogger logger, Exception exception, string model, string folder);

        [LoggerMessage(3002, LogLevel.Information, "Model {Model}: version {Version} answers from now on.")]
        public static partial void Switched(ILogger logger, string model, string version);

        [LoggerMessage(3003, LogLevel.Error, "Model {Model}: what lies in {Folder} cannot be used; the version before goes on answering until the files change.")]
        public static partial void Refused(ILogger logger, Exception exception, string model, string folder);

        [LoggerMessage(3004, LogLevel.Debug, "The folder of model {Model} cannot be looked at.")]
        public static partial void Unseen(ILogger logger, Exception exception, string model);
    }
}
