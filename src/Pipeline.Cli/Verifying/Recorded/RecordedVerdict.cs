namespace Pipeline.Cli.Verifying.Recorded;

internal enum RecordedVerdict
{
    Passed,

    /// <summary>Another type or shape, or a value that differs by more than is allowed.</summary>
    Failed,

    /// <summary>Not compared; never counts as passed.</summary>
    Skipped,
}
