namespace Pipeline.Worker.Classification;

/// <summary>The port of the way of an upload to the models: bytes in, labels out. Safe for concurrent use.</summary>
public interface IImageClassifier
{
    /// <summary>Waits until it is known whether a model can classify. Asked before anything is claimed.</summary>
    /// <param name="model">The name that the rule gives; null for the default model.</param>
    /// <returns>
    /// True where the model is ready, and also where it is missing or refused for good (then <see cref="ClassifyAsync"/> says so);
    /// false where it is still being loaded when the implementation's bound is over.
    /// </returns>
    Task<bool> WaitUntilReadyAsync(string? model, CancellationToken cancellationToken);

    /// <summary>Classifies one picture.</summary>
    /// <exception cref="ClassificationException">There is no answer, with the reason, already classed.</exception>
    Task<ImageClassification> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken);

    /// <summary>Loads every configured model and runs one real inference with each.</summary>
    /// <exception cref="ClassificationException">A required model could not be warmed; the others were.</exception>
    Task WarmUpAsync(CancellationToken cancellationToken);
}
