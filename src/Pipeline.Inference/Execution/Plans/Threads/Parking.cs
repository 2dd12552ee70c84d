namespace Pipeline.Inference.Execution.Plans.Threads;

/// <summary>Where one thread sleeps after it has spun in vain. Whoever changes what it waits for calls <see cref="Wake"/> afterwards.</summary>
internal sealed class Parking
{
    private readonly object _bed = new();
    private int _waits;
    private bool _signalled;

    /// <summary>Says that the caller is about to sleep; it must look once more at what it waits for before it does.</summary>
    public void Announce() => Interlocked.Exchange(ref _waits, 1);

    /// <summary>Sleeps, after <see cref="Announce"/>, until somebody wakes the caller; there need not be what it waits for.</summary>
    public void Sleep()
    {
        lock (_bed)
        {
            while (!_signalled)
            {
                Monitor.Wait(_bed);
            }

            _signalled = false;
        }
    }

    /// <summary>Does not sleep, after <see cref="Announce"/>.</summary>
    public void Withdraw()
    {
        // Somebody who has seen the announcement has sent a signal, or soon will.
        if (Interlocked.Exchange(ref _waits, 0) == 0)
        {
            Sleep();
        }
    }

    /// <summary>Must follow a full fence after the change.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _waits) == 1 && Interlocked.Exchange(ref _waits, 0) == 1)
        {
            lock (_bed)
            {
                _signalled = true;
                Monitor.Pulse(_bed);
            }
        }
    }
}
