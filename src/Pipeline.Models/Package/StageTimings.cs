namespace Pipeline.Models.Package;

/// <summary>Where the time of one picture went.</summary>
/// <param name="Decode">Bytes to pixels.</param>
/// <param name="Preprocess">Pixels to the input tensor.</param>
/// <param name="Inference">Input tensor to labels.</param>
public readonly record struct StageTimings(TimeSpan Decode, TimeSpan Preprocess, TimeSpan Inference);
