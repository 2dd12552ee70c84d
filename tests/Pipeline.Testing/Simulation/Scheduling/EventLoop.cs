namespace Pipeline.Testing.Simulation.Scheduling;

/// <summary>
/// Everything that happens in one run, one thing after another, on the thread that runs the loop. Time is virtual: it jumps to the next thing's.
/// What falls on the same instant happens in an order that the seed chooses.
/// </summary>
public sealed class EventLoop
{
    private readonly PriorityQueue<Action, (long Ticks, int Tie, long Sequence)> _queue = new();
    private readonly Random _ties;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _sequence;

    public EventLoop(int seed, DateTimeOffset start)
    {
        _ties = new Random(seed);
        Now = start;
    }

    /// <summary>The true time, which only the stores know.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>How many things have happened.</summary>
    public long Steps { get; private set; }

    /// <summary>Where simulated code has left the loop's thread, so that what came after is not determined by the seed; null where it has not.</summary>
    public string? Escape { get; private set; }

    public void Post(Action action) => At(Now, action);

    /// <summary>Posts from a context, where an exception would end the test process: a post from another thread is noted and dropped.</summary>
    internal void PostContinuation(Action action)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            Post(action);
        }
        else
        {
            Escape ??= Environment.StackTrace;
        }
    }

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <param name="time">A time that has passed means now.</param>
    public void At(DateTimeOffset time, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        RequireThread();
        _queue.Enqueue(action, (Math.Max(time.UtcTicks, Now.UtcTicks), _ties.Next(), _sequence++));
    }

    /// <summary>Runs until the condition holds, time is up, or nothing is left to happen; says whether the condition holds.</summary>
    /// <exception cref="InvalidOperationException">More steps than allowed: something goes round in circles without time passing.</exception>
    public bool RunUntil(Func<bool> done, DateTimeOffset end, long maxSteps)
    {
        ArgumentNullException.ThrowIfNull(done);
        RequireThread();
        var lastStep = Steps + maxSteps;
        while (!done())
        {
            if (!_queue.TryPeek(out var action, out var key) || key.Ticks > end.UtcTicks)
            {
                Now = end > Now ? end : Now;
                return done();
            }

            if (++Steps > lastStep)
            {
                throw new InvalidOperationException($"More than {maxSteps} steps, at {Now:O}: the simulated code goes round in circles.");
            }

            _queue.Dequeue();
            Now = new DateTimeOffset(key.Ticks, TimeSpan.Zero);
            action();
        }

        return true;
    }

    /// <exception cref="InvalidOperationException">Simulated code has left the loop's thread.</exception>
    internal void RequireThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            Escape ??= Environment.StackTrace;
            throw new InvalidOperationException(
                "Simulated code has left the simulation's thread: by Task.Run, ConfigureAwait(false), CancelAsync or the like.");
        }
    }
}
