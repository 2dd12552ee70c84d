namespace Pipeline.Embedded.Page.Following;

/// <summary>How often documents are looked at.</summary>
/// <param name="Watched">The pause between two looks while somebody watches.</param>
/// <param name="Alone">The pause while nobody does.</param>
/// <param name="Restraint">A pause is at least so many times as long as the look before it: what is slow to look at is looked at less often.</param>
internal sealed record ChangePace(TimeSpan Watched, TimeSpan Alone, int Restraint)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>The pause after a look that took so long.</summary>
    public TimeSpan After(TimeSpan look, bool isWatched)
    {
        var pause = isWatched ? Watched : Alone;
        return look * Restraint > pause ? look * Restraint : pause;
    }

    /// <summary>The pause after so many failures on end, at least one: it doubles.</summary>
    public static TimeSpan AfterFailures(int count) => count > 4 ? LongestPause : FirstPause * (1 << (count - 1));
}
