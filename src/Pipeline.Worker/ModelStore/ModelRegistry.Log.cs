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
    }
}
