using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Uploads;

/// <summary>A document of the app's own that receives the public part of a result.</summary>
/// <param name="Field">The field path (<see cref="DocumentFieldPath"/>) of the map that receives it.</param>
/// <param name="Create">Whether the document is created where it is missing.</param>
public sealed record AppDocument(DocumentPath Path, string Field, bool Create);
