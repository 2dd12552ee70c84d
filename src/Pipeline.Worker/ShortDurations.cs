using System.Globalization;

namespace Pipeline.Worker;

/// <summary>Durations as people read and write them in the configuration.</summary>
public static class ShortDurations
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("min", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>The largest unit that the duration is a whole multiple of: <c>24h</c> is <c>1d</c>, <c>90 s</c> stays <c>90s</c>. Zero is <c>0s</c>.</summary>
    public static string ToShortText(this TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        var (suffix, unit) = Array.Find(Units, candidate => duration.Ticks % candidate.Unit.Ticks == 0);
        return suffix is null
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds}ms")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / unit.Ticks}{suffix}");
    }
}
