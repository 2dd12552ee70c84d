namespace Pipeline.Testing.Simulation.World;

/// <summary>How a model fares with an upload.</summary>
public enum ContentKind
{
    /// <summary>It is classified at once.</summary>
    Good,

    /// <summary>It is classified, after longer than a lease.</summary>
    Slow,

    /// <summary>Classification fails now and then in a way that may pass.</summary>
    Flaky,

    /// <summary>Classification always fails in a way that may pass.</summary>
    Hopeless,

    /// <summary>It is no image.</summary>
    Permanent,

    /// <summary>It kills the process that touches it.</summary>
    Poison,

    /// <summary>Its model is missing.</summary>
    Unconfigured,
}
