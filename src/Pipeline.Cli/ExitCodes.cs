namespace Pipeline.Cli;

/// <summary>What a command tells the shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    public const int Failed = 1;

    public const int UsedWrongly = 2;
}
