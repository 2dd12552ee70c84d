namespace Pipeline.Testing.Simulation.Scheduling;

/// <summary>A timer of a virtual process.</summary>
internal sealed class VirtualTimer : ITimer
{
    private readonly EventLoop _loop;
    private readonly VirtualProcess _process;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context;
    private int _setting;

    public VirtualTimer(EventLoop loop, VirtualProcess process, TimerCallback callback, object? state)
    {
        _loop = loop;
        _process = process;
        _callback = callback;
        _state = state;
        _context = ExecutionContext.Capture();
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var setting = ++_setting;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _loop.After(dueTime, () => Fire(setting, period));
        }

        return true;
    }

    public void Dispose() => _setting++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fire(int setting, TimeSpan period)
    {
        if (setting != _setting)
        {
            return;
        }

        if (period > TimeSpan.Zero)
        {
            _loop.After(period, () => Fire(setting, period));
        }

        _process.Do(() =>
        {
            if (setting == _setting)
            {
                Call();
            }
        });
    }

    private void Call()
    {
        if (_context is null)
        {
            _callback(_state);
            return;
        }

        ExecutionContext.Run(_context, _ => _callback(_state), null);
    }
}
