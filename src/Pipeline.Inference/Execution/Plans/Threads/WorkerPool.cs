using System.Runtime.ExceptionServices;

namespace Pipeline.Inference.Execution.Plans.Threads;

/// <summary>
/// Threads that help one run at a time with its steps. They are started when they are first needed, spin shortly for the next step and then sleep, so
/// that they take no time while nothing runs.
/// </summary>
/// <remarks>
/// The shares of a step are dealt out evenly, neighbours to one thread, so that it finds in its cache what it wrote in the step before; a thread that
/// is done takes what others have not begun. So a run never waits for a thread that the machine has put aside, unless it was in the midst of a share.
/// </remarks>
internal sealed class WorkerPool : IDisposable
{
    // Some 50 microseconds: longer than most steps that one thread does alone, shorter than anybody notices.
    private const int Spins = 1500;

    private static readonly Lazy<WorkerPool> LazyShared = new(() => new WorkerPool(Environment.ProcessorCount));

    private readonly ShareRange[] _ranges;
    private readonly Parking[] _parkings;
    private int _started;
    private int _taken;
    private int _runs;
    private bool _stops;

    private int _members;
    private int _number;
    private PlanStep? _step;
    private int _shares;
    private PlanRun _run;
    private CancellationToken _cancellationToken;
    private ExceptionDispatchInfo? _failure;
    private int _left;

    /// <param name="threads">How many work on a run, the run's own included; 1: there is no pool.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _ranges = new ShareRange[threads];
        _parkings = [.. Enumerable.Range(0, threads).Select(_ => new Parking())];
    }

    /// <summary>The pool of the process: one thread a processor that the process may use, by affinity and by the container's quota.</summary>
    public static WorkerPool Shared => LazyShared.Value;

    /// <summary>How many threads work on a run, the run's own included.</summary>
    public int Threads { get; }

    /// <summary>A run begins. Must be followed by <see cref="Leave"/>.</summary>
    public void Enter() => Interlocked.Increment(ref _runs);

    /// <summary>A run ends.</summary>
    public void Leave() => Interlocked.Decrement(ref _runs);

    /// <summary>Takes the pool for the run on this thread. Where the answer is true, it must be followed by <see cref="Release"/>.</summary>
    /// <param name="threads">How many the run wants, its own included.</param>
    /// <returns>False where another run has it, or where no thread is free because as many runs go on as there are processors.</returns>
    public bool TryTake(int threads, in PlanRun run, CancellationToken cancellationToken)
    {
        var members = Math.Min(threads, Math.Min(Threads, Threads - Volatile.Read(ref _runs) + 1));
        if (members < 2 || Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            return false;
        }

        _members = Math.Min(members, 1 + Start(members - 1));
        _run = run;
        _cancellationToken = cancellationToken;
        for (var member = 1; member < _members; member++)
        {
            _parkings[member].Wake();
        }

        return true;
    }

    /// <summary>Gives the pool back.</summary>
    public void Release()
    {
        _step = null;
        _run = default;
        _cancellationToken = default;
        Volatile.Write(ref _taken, 0);
    }

    /// <summary>Does a step in shares, on this thread and on those of the pool, which this thread has taken. Afterwards no thread works on it, whatever happened.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled: some shares may be missing.</exception>
    /// <remarks>What a share throws is thrown here; of several failures the first.</remarks>
    public void Run(PlanStep step, int shares)
    {
        _step = step;
        _shares = shares;
        Volatile.Write(ref _left, shares);
        _number++;
        for (var member = 0; member < _members; member++)
        {
            _ranges[member].Set(_number, Part(shares, member), Part(shares, member + 1));
        }

        for (var member = 1; member < _members; member++)
        {
            _parkings[member].Wake();
        }

        Work(0, _number);
        AwaitOthers();
        if (_failure is { } failure)
        {
            _failure = null;
            failure.Throw();
        }

        _cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Lets the threads end. Nobody may hold the pool.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _stops, true);
        Interlocked.MemoryBarrier();
        foreach (var parking in _parkings)
        {
            parking.Wake();
        }
    }

    private int Part(int shares, int member) => (int)((long)shares * member / _members);

    /// <returns>How many threads there are.</returns>
    private int Start(int wanted)
    {
        while (_started < wanted)
        {
            var member = _started + 1;
            var thread = new Thread(() => Serve(member)) { IsBackground = true, Name = $"Inference {member}" };
            try
            {
                // What flows with the run that happens to come first must not live as long as the thread.
                thread.UnsafeStart();
            }
            catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
            {
                // The system gives no more: a run does with those that there are.
                break;
            }

            _started++;
        }

        return _started;
    }

    private void Serve(int member)
    {
        var number = 0;
        while (AwaitStep(member, ref number))
        {
            Work(member, number);
        }
    }

    /// <summary>Spins and then sleeps until there is another step than that of <paramref name="number"/>.</summary>
    /// <returns>False where the thread is to end.</returns>
    private bool AwaitStep(int member, ref int number)
    {
        ref var range = ref _ranges[member];
        for (var spins = 0; range.Step == number; spins++)
        {
            if (Volatile.Read(ref _stops))
            {
                return false;
            }

            if (spins < Spins)
            {
                Thread.SpinWait(1);
                continue;
            }

            spins = 0;
            var parking = _parkings[member];
            parking.Announce();
            if (range.Step != number || Volatile.Read(ref _stops))
            {
                parking.Withdraw();
            }
            else
            {
                parking.Sleep();
            }
        }

        number = range.Step;
        return true;
    }

    /// <summary>Does the shares of a step that nobody has begun.</summary>
    private void Work(int member, int number)
    {
        var done = 0;
        for (int share; (share = Take(member, number)) >= 0; done++)
        {
            Do(share);
        }

        if (done > 0 && Interlocked.Add(ref _left, -done) == 0)
        {
            _parkings[0].Wake();
        }
    }

    private int Take(int member, int number)
    {
        var share = _ranges[member].TakeFirst(number);
        for (var other = 1; share < 0 && other < _ranges.Length; other++)
        {
            share = _ranges[(member + other) % _ranges.Length].TakeLast(number);
        }

        return share;
    }

    /// <summary>A share that is taken belongs to the step at hand, which does not end before the share is done.</summary>
    private void Do(int share)
    {
        // The shares of a run that fails or is cancelled are given up.
        if (Volatile.Read(ref _failure) is not null || _cancellationToken.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _step!.Run(in _run, share, _shares);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private void AwaitOthers()
    {
        for (var spins = 0; Volatile.Read(ref _left) != 0; spins++)
        {
            if (spins < Spins)
            {
                Thread.SpinWait(1);
                continue;
            }

            spins = 0;
            _parkings[0].Announce();
            if (Volatile.Read(ref _left) == 0)
            {
                _parkings[0].Withdraw();
            }
            else
            {
                _parkings[0].Sleep();
            }
        }
    }
}
