using Pipeline.Worker.Classification;
using Pipeline.Worker.Retries;

namespace Pipeline.Functions.Calls;

/// <summary>What a failure to classify is called towards callers.</summary>
internal static class CallErrors
{
    private static readonly TimeSpan ModelWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OperatorWait = TimeSpan.FromMinutes(1);

    /// <param name="isCallable">False for plain pictures, whose errors use HTTP's own words where it has them.</param>
    public static CallError Of(ClassificationException exception, bool isCallable)
    {
        var (code, message) = (exception.Code, exception.Message);
        if (code == FailureCode.ModelNotFound)
        {
            return CallError.NotFound(message, code.Name);
        }

        if (code == FailureCode.ClassificationTimedOut)
        {
            return CallError.DeadlineExceeded(message, code.Name);
        }

        return code.Kind switch
        {
            FailureKind.Permanent when !isCallable && code == FailureCode.TooLarge =>
                CallError.Refused(StatusCodes.Status413PayloadTooLarge, message, code.Name),
            FailureKind.Permanent when !isCallable && code == FailureCode.UnsupportedFormat =>
                CallError.Refused(StatusCodes.Status415UnsupportedMediaType, message, code.Name),
            FailureKind.Permanent => CallError.InvalidArgument(message, code.Name),
            FailureKind.Transient => CallError.Unavailable(message, ModelWait, code.Name),
            _ => CallError.Unavailable(message, OperatorWait, code.Name),
        };
    }

    public static CallError NotReady { get; } =
        CallError.Unavailable("The model is still being loaded.", ModelWait, FailureCode.ModelNotReady.Name);
}
