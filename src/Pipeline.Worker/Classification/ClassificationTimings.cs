namespace Pipeline.Worker.Classification;

/// <summary>Where the time went.</summary>
/// <param name="Cold">The model had to be loaded or warmed for this picture.</param>
public sealed record ClassificationTimings(TimeSpan Decode, TimeSpan Preprocess, TimeSpan Inference, bool Cold);
