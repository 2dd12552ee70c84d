using Pipeline.Worker.Classification;

namespace Pipeline.Worker.Retries;

/// <summary>A failure, classed.</summary>
/// <param name="Message">For users and operators: no path, no token, no stack.</param>
/// <param name="Image">What was known of the picture, or null.</param>
public sealed record Failure(FailureCode Code, string Message, ImageFacts? Image = null)
{
    /// <summary>Characters of <see cref="Message"/> that are kept.</summary>
    public const int MaxMessage = 500;

    public FailureKind Kind => Code.Kind;
}
