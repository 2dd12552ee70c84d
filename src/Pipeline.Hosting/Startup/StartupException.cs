namespace Pipeline.Hosting.Startup;

/// <summary>The service cannot start as it was called or configured. The message lists everything that is wrong.</summary>
public sealed class StartupException : Exception
{
    public StartupException(IReadOnlyList<string> errors)
        : base($"The service cannot start:{string.Concat(errors.Select(error => $"{Environment.NewLine}  - {error}"))}")
    {
        Errors = errors;
    }

    public IReadOnlyList<string> Errors { get; }
}
