namespace Pipeline.Embedded.Page.Following;

/// <summary>How often documents are looked at.</summary>
/// <param name="Watched">The pause between two looks while somebody watches.</param>
/// <param name="Alone">The pause while nobody does.</param>
internal sealed record ChangePace(TimeSpan Watched, TimeSpan Alone)
{
    /// <summary>A look may take a third of the time: what is slow to look at is looked at less often.</summary>
    private const int PauseForEach = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>The pause after a look that took so long.</summary>
    public TimeSpan After(TimeSpan look, bool isWatched)
    {
        var pause = isWatched ? Watched : Alone;
        return look * PauseForEach > pause ? look * PauseForEach : pause;
    }

    /// <summary>The pause after so many failures on end, at least one: it doubles.</summary>
    public static TimeSpan AfterFailures(int count) => count > 4 ? LongestPause : FirstPause * (1 << (count - 1));
}
