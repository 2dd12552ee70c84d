namespace Pipeline.Hosting.Logging;

/// <summary>What every log entry of one request says.</summary>
internal sealed record RequestScope(string ExecutionId, TraceContext? Trace);
