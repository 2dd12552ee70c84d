namespace Pipeline.Worker.Retries;

/// <summary>What is to be done about a failure. A failure is classed once, where it is first known.</summary>
public enum FailureKind
{
    /// <summary>Trying again cannot help: not an image, over a limit, a generation that is gone.</summary>
    Permanent,

    /// <summary>Trying again later may help: a timeout, a throttled or unreachable service. Counts as an attempt.</summary>
    Transient,

    /// <summary>An operator must act: a model that is missing or refused, a permission that is denied. The attempt is given back.</summary>
    Configuration,
}
