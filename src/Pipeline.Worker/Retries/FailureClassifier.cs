using Pipeline.Worker.Classification;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Retries;

/// <summary>The one place where an exception becomes a classed failure.</summary>
public static class FailureClassifier
{
    /// <summary>Classes an exception. What is not known here is <see cref="FailureCode.Internal"/> and says no more than its type.</summary>
    public static Failure Classify(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            ClassificationException classification =>
                new Failure(classification.Code, Printable(classification.Message), classification.Image),
            ObjectStoreException store => Classify(store.Error),
            OutOfMemoryException or InsufficientExecutionStackException =>
                new Failure(FailureCode.OutOfMemory, "Memory ran out while the object was worked on."),
            _ => new Failure(FailureCode.Internal, $"An unexpected {exception.GetType().Name} ended the work."),
        };
    }

    private static Failure Classify(ObjectStoreError error) => error switch
    {
        ObjectStoreError.TooLarge => new Failure(FailureCode.TooLarge, "The object has more bytes than are allowed."),
        ObjectStoreError.PermissionDenied => new Failure(FailureCode.ObjectDenied, "The worker may not read the object, or its bucket does not exist."),
        ObjectStoreError.ChecksumMismatch => new Failure(FailureCode.ChecksumMismatch, "The object's bytes arrived damaged."),
        _ => new Failure(FailureCode.ObjectUnavailable, "The object could not be read for the moment."),
    };

    private static string Printable(string message)
    {
        var text = string.Concat(message.Where(static c => !char.IsControl(c) && !char.IsSurrogate(c)));
        return text.Length <= Failure.MaxMessage ? text : text[..Failure.MaxMessage];
    }
}
