namespace Pipeline.Worker.Retries;

/// <summary>A user's wish that an object of his be classified again.</summary>
/// <param name="Id">The request document's id: a request that is delivered twice acts once.</param>
/// <param name="Time">When it was made, or null.</param>
/// <param name="User">The user's id where the event says it; null where only the security rules have checked that the name is his.</param>
public sealed record ReclassificationRequest(string Id, DateTimeOffset? Time, string? Bucket, string? Name, string? User);
