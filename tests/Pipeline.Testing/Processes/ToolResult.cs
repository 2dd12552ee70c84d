namespace Pipeline.Testing.Processes;

/// <summary>How a program ended, and what it wrote.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Both streams, for the message of a failing test.</summary>
    public string Everything => $"exit code {ExitCode}{Environment.NewLine}{Output}{Environment.NewLine}{Error}";
}
