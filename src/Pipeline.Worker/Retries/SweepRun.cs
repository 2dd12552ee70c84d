using System.Collections.Immutable;

namespace Pipeline.Worker.Retries;

/// <summary>The bounds and the counts of one sweep while it runs. Used by its concurrent takers.</summary>
internal sealed class SweepRun
{
    private readonly Lock _lock = new();
    private readonly SweepOptions _options;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private int _taken;
    private int _notStarted;

    public SweepRun(SweepOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _started = time.GetTimestamp();
    }

    public string? WarmUpError { get; set; }

    public int DueLetters { get; set; }

    public int ExpiredLeases { get; set; }

    public bool StoreUnavailable { get; set; }

    /// <summary>Asks for leave to start one more; what gets none is counted.</summary>
    public bool MayStart(CancellationToken stopping)
    {
        lock (_lock)
        {
            if (!stopping.IsCancellationRequested && _taken < _options.MaxItems && _time.GetElapsedTime(_started) < _options.StartWithin)
            {
                _taken++;
                return true;
            }

            _notStarted++;
            return false;
        }
    }

    public void Count(string name)
    {
        lock (_lock)
        {
            _outcomes[name] = _outcomes.GetValueOrDefault(name) + 1;
        }
    }

    public SweepReport Report()
    {
        lock (_lock)
        {
            return new SweepReport(
                WarmUpError,
                DueLetters,
                ExpiredLeases,
                _outcomes.ToImmutableSortedDictionary(StringComparer.Ordinal),
                _notStarted,
                StoreUnavailable,
                _time.GetElapsedTime(_started));
        }
    }
}
