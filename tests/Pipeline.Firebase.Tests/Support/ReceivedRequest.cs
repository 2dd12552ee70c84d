namespace Pipeline.Firebase.Tests.Support;

/// <summary>A request as it came.</summary>
/// <param name="Target">Path and query, not decoded.</param>
internal sealed record ReceivedRequest(string Method, string Target, string Authorization, string Protocol, string Body, string QuotaProject);
