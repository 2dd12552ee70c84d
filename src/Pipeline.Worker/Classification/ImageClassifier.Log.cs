using Microsoft.Extensions.Logging;

namespace Pipeline.Worker.Classification;

public sealed partial class ImageClassifier
{
    private static partial class Log
    {
        [LoggerMessage(3100, LogLevel.Error, "Model {Model} failed while it ran.")]
        public static partial void ModelFailed(ILogger logger, Exception exception, string model);

        [LoggerMessage(3101, LogLevel.Debug, "Model {Model} was kept warm by one inference.")]
        public static partial void Warmed(ILogger logger, string model);
    }
}
