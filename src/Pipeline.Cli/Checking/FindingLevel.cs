namespace Pipeline.Cli.Checking;

/// <summary>How bad it is.</summary>
internal enum FindingLevel
{
    Good,

    /// <summary>It works, not as well as it could.</summary>
    Note,

    /// <summary>Something will not work.</summary>
    Bad,
}
