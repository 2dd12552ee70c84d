using System.Globalization;

namespace Pipeline.Worker.Retries;

/// <summary>When failed work is tried again, and when no more. Pure: no clock, no I/O; chance is injected.</summary>
public sealed class RetryPolicy
{
    private readonly RetryOptions _options;
    private readonly Func<double> _chance;

    /// <param name="options">Valid.</param>
    /// <param name="chance">A number in [0, 1), drawn once for each delay.</param>
    public RetryPolicy(RetryOptions options, Func<double> chance)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(chance);
        _options = options;
        _chance = chance;
    }

    public int MaxAttempts => _options.MaxAttempts;

    /// <summary>The longest that <see cref="Decide"/> ever says, jitter included.</summary>
    public TimeSpan LargestBackoff
    {
        get
        {
            var transient = _options.LargestDelay * (1 + _options.Jitter);
            return transient > _options.ConfigurationDelay ? transient : _options.ConfigurationDelay;
        }
    }

    /// <summary>What is to be done about a failure.</summary>
    /// <param name="attempts">Attempts begun so far, this one included. At least 1.</param>
    /// <param name="failingFor">Time since the first failure of this work; zero where this is the first.</param>
    public RetryDecision Decide(FailureKind kind, int attempts, TimeSpan failingFor) => kind switch
    {
        FailureKind.Permanent => new RetryDecision.GiveUp(Parked: false, "PERMANENT"),
        FailureKind.Configuration when failingFor >= _options.ConfigurationLimit => new RetryDecision.GiveUp(Parked: true, "CONFIGURATION_NOT_MENDED"),
        FailureKind.Configuration => new RetryDecision.Again(_options.ConfigurationDelay, AttemptGivenBack: true),
        _ when attempts >= _options.MaxAttempts => new RetryDecision.GiveUp(Parked: true, "ATTEMPTS_EXHAUSTED"),
        _ => new RetryDecision.Again(Backoff(attempts), AttemptGivenBack: false),
    };

    /// <summary>
    /// The delay after the n-th failure: effectively computes min(first · 2^(n-1), largest) · (1 + jitter · chance), so that it is never shorter
    /// than without jitter.
    /// </summary>
    /// <param name="failures">n, at least 1.</param>
    public TimeSpan Backoff(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var delay = Math.Min(_options.FirstDelay.TotalMilliseconds * Math.Pow(2, failures - 1), _options.LargestDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(delay * (1 + (_options.Jitter * _chance())));
    }

    /// <summary>The whole policy in one sentence.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"On transient failures attempts 1 to {MaxAttempts}: {Text(_options.FirstDelay)} doubling to {Text(_options.LargestDelay)}, "
        + $"up to {_options.Jitter * 100:0.#} % longer, then park; "
        + $"on configuration failures every {Text(_options.ConfigurationDelay)} for {Text(_options.ConfigurationLimit)}, then park; "
        + $"permanent failures are not tried again.");

    private static string Text(TimeSpan span) => span switch
    {
        { Ticks: 0 } => "0 s",
        _ when span.Ticks % TimeSpan.TicksPerHour == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours} h"),
        _ when span.Ticks % TimeSpan.TicksPerMinute == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds} s"),
    };
}
