namespace Pipeline.Worker;

/// <summary>The check that a value lies in its range.</summary>
internal static class OptionRanges
{
    public static void Check<T>(string key, T value, T smallest, T largest, ICollection<OptionError> errors)
        where T : IComparable<T>
    {
        // NaN compares as smaller than everything, so it is refused as well.
        if (value.CompareTo(smallest) < 0 || value.CompareTo(largest) > 0)
        {
            errors.Add(new OptionError(key, FormattableString.Invariant($"{value} is out of range; {smallest} to {largest} is allowed.")));
        }
    }
}
