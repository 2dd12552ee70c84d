using System.Globalization;

namespace Pipeline.Hosting.Startup;

/// <summary>Durations as people write them.</summary>
public static class Durations
{
    // Longest first: "min" and "ms" end in letters that are units themselves.
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("min", TimeSpan.FromMinutes(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>A number with a unit, a number of seconds, or <c>[d.]hh:mm:ss[.f]</c>.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
        }

        var (suffix, unit) = Array.Find(Units, candidate => text.EndsWith(candidate.Suffix, StringComparison.OrdinalIgnoreCase));
        var number = text[..^(suffix?.Length ?? 0)];
        duration = default;
        if (!double.TryParse(number, NumberStyles.Float & ~NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var ticks = count * (suffix is null ? TimeSpan.TicksPerSecond : unit.Ticks);
        if (!(Math.Abs(ticks) < TimeSpan.MaxValue.Ticks))
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(ticks));
        return true;
    }
}
