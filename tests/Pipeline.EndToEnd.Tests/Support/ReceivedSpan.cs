namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>A span as a receiver got it; ids in hexadecimal digits, no parent is an empty text.</summary>
internal sealed record ReceivedSpan(string TraceId, string SpanId, string ParentId, string Name);
