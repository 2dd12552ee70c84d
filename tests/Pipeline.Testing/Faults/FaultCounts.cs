using System.Collections.Concurrent;
using System.Globalization;

namespace Pipeline.Testing.Faults;

/// <summary>How many faults were injected, by method and kind. Safe to use from several threads.</summary>
public sealed class FaultCounts
{
    private readonly ConcurrentDictionary<(string Method, Enum Fault), int> _counts = new();

    public int Total => _counts.Values.Sum();

    public int Of(Enum fault) => _counts.Where(entry => entry.Key.Fault.Equals(fault)).Sum(entry => entry.Value);

    public int Of(string method, Enum fault) => _counts.GetValueOrDefault((method, fault));

    /// <summary>One line, ordered by method and fault: <c>commit AnswerLost 3, get Unavailable 1</c>.</summary>
    public override string ToString() => string.Join(
        ", ",
        _counts.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key.Method} {entry.Key.Fault} {entry.Value}")).Order(StringComparer.Ordinal));

    internal void Add(string method, Enum fault) => _counts.AddOrUpdate((method, fault), 1, (_, count) => count + 1);
}
