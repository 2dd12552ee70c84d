using Pipeline.Imaging.Decoding;

namespace Pipeline.Models.Package;

/// <summary>What became of one picture.</summary>
/// <param name="Image">What the file says of itself.</param>
public sealed record Prediction(Ranking Ranking, ImageHeader Image, StageTimings Timings);
