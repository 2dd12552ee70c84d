namespace Pipeline.Testing.Simulation.Scheduling;

/// <summary>
/// One process: its code runs in the loop, its awaits come back through this context. Killed, none of its continuations ever run again;
/// paused, they wait for it to wake.
/// </summary>
public sealed class VirtualProcess : SynchronizationContext
{
    private readonly EventLoop _loop;
    private readonly Queue<Action> _backlog = new();
    private int _pauses;

    public VirtualProcess(EventLoop loop, string name, TimeSpan skew)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(name);
        _loop = loop;
        Name = name;
        Clock = new ProcessClock(loop, this, skew);
    }

    public string Name { get; }

    /// <summary>Time as this process sees it.</summary>
    public ProcessClock Clock { get; }

    public bool IsDead { get; private set; }

    public bool IsPaused => _pauses > 0;

    /// <summary>Raised when it is killed, paused or woken, with what happened in words.</summary>
    public event Action<VirtualProcess, string>? Changed;

    /// <summary>An exception that nobody in the process caught, or null. A real process would have died of it.</summary>
    public Exception? Crash { get; private set; }

    /// <summary>Ends the process as SIGKILL does: between two instructions, and no finally block runs.</summary>
    public void Kill()
    {
        if (IsDead)
        {
            return;
        }

        IsDead = true;
        _backlog.Clear();
        Changed?.Invoke(this, "is killed");
    }

    /// <summary>Stops the process as SIGSTOP does. Requests that were sent go on without it.</summary>
    /// <param name="clockStands">Its monotonic clock stands still meanwhile, as when a whole machine is suspended.</param>
    public void Pause(TimeSpan duration, bool clockStands)
    {
        if (IsDead)
        {
            return;
        }

        _pauses++;
        Changed?.Invoke(this, $"is paused for {duration.TotalSeconds:F1} s{(clockStands ? ", its clock, too" : string.Empty)}");
        _loop.After(duration, () =>
        {
            if (clockStands)
            {
                Clock.LoseMonotonic(duration);
            }

            Resume();
        });
    }

    /// <summary>Lets the process do something, now or when it wakes, unless it is dead.</summary>
    public void Do(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (IsDead)
        {
            return;
        }

        if (IsPaused)
        {
            _backlog.Enqueue(action);
            return;
        }

        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Crash ??= exception;
            Kill();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _loop.PostContinuation(() => Do(() => d(state)));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Simulated code must not wait for another context synchronously.");

    public override SynchronizationContext CreateCopy() => this;

    private void Resume()
    {
        _pauses--;
        if (IsDead)
        {
            return;
        }

        Changed?.Invoke(this, "wakes");
        while (!IsPaused && _backlog.TryDequeue(out var action))
        {
            Do(action);
        }
    }
}
