namespace Pipeline.Embedded.Tests.Support;

/// <summary>A request as a worker sees it.</summary>
internal sealed record ReceivedRequest(Uri Target, IReadOnlyDictionary<string, string> Headers, string Body);
