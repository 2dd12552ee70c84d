namespace Pipeline.Inference.Execution;

/// <summary>How a session runs.</summary>
public sealed record SessionOptions
{
    public static SessionOptions Default { get; } = new();

    /// <value>The most bytes that the values of one run may take at a time. Default: 1 GiB.</value>
    public long MaxRunBytes { get; init; } = 1L << 30;

    /// <value>The most bytes that the constants of the session may take. Default: 2 GiB.</value>
    public long MaxConstantBytes { get; init; } = 2L << 30;

    /// <value>Whether graphs are compiled into plans where that is possible; else they are interpreted. Default: true.</value>
    public bool UsePlans { get; init; } = true;

    /// <value>
    /// The most threads that work on one run, its own included, 1 or more. Null, the default: as many as the process may use processors, by affinity and by the
    /// container's quota; more are never used. 1: a run stays on its own thread.
    /// </value>
    public int? Threads { get; init; }

    /// <value>The most plans, one for each set of input shapes, that are kept. 1 or more, default: 8.</value>
    public int MaxPlans { get; init; } = 8;
}
