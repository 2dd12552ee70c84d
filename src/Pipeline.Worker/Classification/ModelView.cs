namespace Pipeline.Worker.Classification;

/// <summary>A picture as a model's input tensor holds it.</summary>
/// <param name="Png">The tensor's values, turned back into pixels.</param>
/// <param name="Model">The name of the model that would be fed now.</param>
/// <param name="Version">Its version.</param>
public sealed record ModelView(ReadOnlyMemory<byte> Png, string Model, string Version);
