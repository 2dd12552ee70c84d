using Pipeline.Worker.Classification;

namespace Pipeline.Cli.Classifying;

/// <summary>What became of one file.</summary>
/// <param name="Result">Null where it was not classified.</param>
/// <param name="ErrorCode">Null where it was.</param>
internal sealed record ClassifiedFile(string Path, ImageClassification? Result, string? ErrorCode, string? ErrorMessage);
