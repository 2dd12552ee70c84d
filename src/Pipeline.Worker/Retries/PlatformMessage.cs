namespace Pipeline.Worker.Retries;

/// <summary>A message that the platform gave up on delivering.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="PublishTime">Null where it is not given.</param>
public sealed record PlatformMessage(
    string Id,
    DateTimeOffset? PublishTime,
    IReadOnlyDictionary<string, string> Attributes,
    ReadOnlyMemory<byte> Data);
