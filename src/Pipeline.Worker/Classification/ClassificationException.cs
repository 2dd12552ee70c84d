using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Classification;

/// <summary>A picture was not classified. The code says why and what is to be done.</summary>
public sealed class ClassificationException : Exception
{
    /// <param name="message">Written into the result document, where users read it: no path, no token, no stack, no line break.</param>
    /// <param name="image">What was known of the picture, where it had been decoded.</param>
    public ClassificationException(FailureCode code, string message, ImageFacts? image = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(code);
        Code = code;
        Image = image;
    }

    public FailureCode Code { get; }

    public ImageFacts? Image { get; }
}
