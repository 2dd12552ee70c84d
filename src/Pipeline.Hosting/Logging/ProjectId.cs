namespace Pipeline.Hosting.Logging;

/// <summary>The Google Cloud project that log entries name in their trace: configured, or found out after the start.</summary>
internal sealed class ProjectId
{
    private volatile string? _value;

    public ProjectId(HostingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _value = options.ProjectId;
    }

    /// <summary>Null while it is not known.</summary>
    public string? Value
    {
        get => _value;
        set => _value = value;
    }
}
