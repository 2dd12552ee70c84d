using System.Collections.ObjectModel;
using System.Globalization;

namespace Pipeline.Worker;

/// <summary>What was found wrong with options while they were checked, and which ranges they were held against.</summary>
internal sealed class OptionCheck : Collection<OptionError>
{
    private readonly Dictionary<string, string> _ranges = new(StringComparer.Ordinal);

    /// <summary>What is allowed, by key.</summary>
    public IReadOnlyDictionary<string, string> Ranges => _ranges;

    /// <summary>Checks that a value lies in its range.</summary>
    public void Range<T>(string key, T value, T smallest, T largest)
        where T : IComparable<T>
    {
        var range = $"{Text(smallest)} to {Text(largest)}";
        _ranges[key] = range;

        // NaN compares as smaller than everything, so it is refused as well.
        if (value.CompareTo(smallest) < 0 || value.CompareTo(largest) > 0)
        {
            Add(new OptionError(key, $"{Text(value)} is out of range; {range} is allowed."));
        }
    }

    private static string Text<T>(T value) => value is TimeSpan duration
        ? duration.ToShortText()
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
