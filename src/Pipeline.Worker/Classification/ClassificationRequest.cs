namespace Pipeline.Worker.Classification;

/// <summary>One picture to classify.</summary>
/// <param name="Content">The file as stored.</param>
/// <param name="Model">The name that the rule gives; null for the default model.</param>
/// <param name="Subject">
/// What an experiment's arm is chosen by: the same for every try of the same object (<c>bucket/name</c>); null where nothing is to be chosen.
/// </param>
public sealed record ClassificationRequest(ReadOnlyMemory<byte> Content, string? Model, string? Subject);
