using System.Globalization;

namespace Pipeline.Worker.Uploads;

/// <summary>Decides whether one pattern matches everything that another one matches.</summary>
internal static class PatternCover
{
    /// <summary>Steps after which the question stays open; patterns that people write need some dozens.</summary>
    private const int MaxSteps = 20_000;

    /// <summary>
    /// Whether every name that <paramref name="later"/> matches is matched by <paramref name="earlier"/>. Exact: both patterns tell segments apart by
    /// nothing but their literals, emptiness, and whether they are valid ids, so one segment of each such kind stands for all. Patterns too entangled
    /// to decide within bounds count as not covered.
    /// </summary>
    public static bool Covers(UploadPattern earlier, UploadPattern later)
    {
        string[] segments = [.. earlier.Literals.Concat(later.Literals).Distinct(StringComparer.Ordinal), Fresh(earlier, later, "x{0}"), Fresh(earlier, later, "__{0}__"), ""];
        var start = (Later: Set(later, [0]), Earlier: Set(earlier, [0]));
        var open = new Queue<(int[] Later, int[] Earlier)>([start]);
        var seen = new HashSet<(string, string)>();
        for (var steps = 0; open.TryDequeue(out var state); steps++)
        {
            if (steps == MaxSteps)
            {
                return false;
            }

            foreach (var segment in segments)
            {
                var (after, covered) = (Set(later, later.Step(state.Later, segment)), Set(earlier, earlier.Step(state.Earlier, segment)));

                // A name does not end with an empty segment.
                if (segment.Length > 0 && after.Contains(later.End) && !covered.Contains(earlier.End))
                {
                    return false;
                }

                if (after.Length > 0 && seen.Add((string.Join(',', after), string.Join(',', covered))))
                {
                    open.Enqueue((after, covered));
                }
            }
        }

        return true;
    }

    private static int[] Set(UploadPattern pattern, IEnumerable<int> states) => [.. pattern.Closure(states).Distinct().Order()];

    /// <summary>A segment of a form that is no literal of either pattern.</summary>
    private static string Fresh(UploadPattern earlier, UploadPattern later, string form)
    {
        var literals = earlier.Literals.Concat(later.Literals).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, literals.Count + 1)
            .Select(number => form.Replace("{0}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            .First(text => !literals.Contains(text));
    }
}
