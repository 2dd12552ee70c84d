namespace Pipeline.Models.Package.Manifest;

/// <summary>Finds what a misspelt name was meant to be.</summary>
public static class NearestName
{
    /// <summary>A longer name is not looked at: the distance costs the product of both lengths.</summary>
    private const int LongestName = 64;

    /// <summary>
    /// The candidate with the fewest changes (inserted, removed or replaced characters, or two neighbours exchanged), letter case and the
    /// signs <c>-</c>, <c>_</c> and space not counted; the first of equals; null where more than a third of the name would have to change.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        if (name.Length > LongestName)
        {
            return null;
        }

        var wanted = Simplify(name);
        string? nearest = null;
        var fewest = Math.Max(1, wanted.Length / 3) + 1;
        foreach (var candidate in candidates.Where(candidate => candidate.Length <= LongestName))
        {
            var distance = Distance(wanted, Simplify(candidate));
            if (distance < fewest)
            {
                (nearest, fewest) = (candidate, distance);
            }
        }

        return nearest;
    }

    private static string Simplify(string name) =>
        string.Concat(name.Where(character => character is not ('-' or '_' or ' '))).ToLowerInvariant();

    /// <summary>The restricted Damerau-Levenshtein distance.</summary>
    private static int Distance(string left, string right)
    {
        var costs = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            costs[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            costs[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = costs[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                costs[i, j] = Math.Min(replaced, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
                }
            }
        }

        return costs[left.Length, right.Length];
    }
}
