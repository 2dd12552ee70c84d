using System.Collections.Concurrent;
using Pipeline.Inference.Execution.Plans.Threads;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution.Plans.Threads;

public sealed class WorkerPoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Run_AnyNumberOfShares_DoesEachOnce(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (var round = 0; round < 300; round++)
        {
            var shares = 1 + (round % 40);
            var done = new int[shares];
            var step = new ShareStep(share => Interlocked.Increment(ref done[share]), shares);

            InPool(pool, threads, () => pool.Run(step, shares));

            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void Run_ManyStepsInOneRun_AreDoneOneAfterTheOther()
    {
        const int Shares = 12;
        using var pool = new WorkerPool(3);
        var counter = 0;
        var seen = new ConcurrentQueue<(int Step, int Counter)>();

        InPool(pool, 3, () =>
        {
            for (var index = 0; index < 500; index++)
            {
                var number = index;
                pool.Run(
                    new ShareStep(_ =>
                    {
                        seen.Enqueue((number, Volatile.Read(ref counter)));
                        Interlocked.Increment(ref counter);
                    }),
                    Shares);
            }
        });

        Assert.All(seen, moment => Assert.InRange(moment.Counter, moment.Step * Shares, ((moment.Step + 1) * Shares) - 1));
        Assert.Equal(500 * Shares, counter);
    }

    [Fact]
    public void Run_SeveralThreads_WorkAtTheSameTime()
    {
        using var pool = new WorkerPool(3);
        using var meeting = new Barrier(3);

        InPool(pool, 3, () => pool.Run(new ShareStep(_ => Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(60), Token))), 3));
    }

    [Fact]
    public void Run_ThreadThatIsHeldUp_LeavesItsOtherSharesToThoseThatAreNot()
    {
        const int Shares = 40;
        using var pool = new WorkerPool(2);
        using var othersDone = new CountdownEvent(Shares - 1);
        using var held = new ManualResetEventSlim();
        var caller = Environment.CurrentManagedThreadId;
        var first = 0;

        InPool(pool, 2, () => pool.Run(
            new ShareStep(_ =>
            {
                if (Environment.CurrentManagedThreadId != caller && Interlocked.Exchange(ref first, 1) == 0)
                {
                    held.Set();
                    Assert.True(othersDone.Wait(TimeSpan.FromSeconds(60), Token));
                    return;
                }

                Assert.True(held.Wait(TimeSpan.FromSeconds(60), Token));
                othersDone.Signal();
            }),
            Shares));

        Assert.True(othersDone.IsSet);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void Run_ShareThatThrows_ReachesTheCallerAsItIsAndThePoolLivesOn(int bad)
    {
        using var pool = new WorkerPool(3);
        var step = new ShareStep(share => _ = share == bad ? throw new InvalidDataException("bad share") : 0);
        for (var round = 0; round < 50; round++)
        {
            var error = Assert.Throws<InvalidDataException>(() => InPool(pool, 3, () => pool.Run(step, 12)));
            Assert.Equal("bad share", error.Message);
            AssertWorks(pool);
        }
    }

    [Fact]
    public void Run_EveryShareThrows_GivesOneFailure()
    {
        using var pool = new WorkerPool(3);

        Assert.Throws<InvalidDataException>(() => InPool(pool, 3, () => pool.Run(new ShareStep(_ => throw new InvalidDataException()), 30)));
        AssertWorks(pool);
    }

    [Fact]
    public void Run_CancelledInAShare_LeavesTheOthersOut()
    {
        using var pool = new WorkerPool(3);
        using var source = new CancellationTokenSource();
        var done = 0;
        var step = new ShareStep(_ =>
        {
            Interlocked.Increment(ref done);
            source.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => InPool(pool, 3, () => pool.Run(step, 3000), source.Token));

        // One share of each thread at the most.
        Assert.InRange(done, 1, 3);
        AssertWorks(pool);
    }

    [Fact]
    public void TryTake_WhileAnotherRunHasIt_IsRefused()
    {
        using var pool = new WorkerPool(4);
        InPool(pool, 2, () => Assert.False(pool.TryTake(2, default, Token)));
        InPool(pool, 2, () => { });
    }

    [Theory]
    [InlineData(3, 2, false)]
    [InlineData(3, 1, true)]
    [InlineData(1, 0, false)]
    public void TryTake_OtherRunsGoOn_CountsTheirThreads(int threads, int others, bool expected)
    {
        using var pool = new WorkerPool(threads);
        for (var other = 0; other < others; other++)
        {
            pool.Enter();
        }

        pool.Enter();
        Assert.Equal(expected, pool.TryTake(threads, default, Token));
    }

    [Fact]
    public async Task Run_NothingMoreToDo_LetsTheThreadsSleep()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The times of threads are read from /proc.");
        using var pool = new WorkerPool(3);
        var ids = new ConcurrentBag<int>();
        using (var meeting = new Barrier(3))
        {
            InPool(pool, 3, () => pool.Run(
                new ShareStep(_ =>
                {
                    ids.Add(NativeThread.CurrentId());
                    meeting.SignalAndWait(Token);
                }),
                3));
        }

        int[] workers = [.. ids.Where(id => id != NativeThread.CurrentId())];
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Token);
        TimeSpan[] before = [.. workers.Select(NativeThread.ProcessorTime)];
        await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, Token);

        Assert.Equal(2, workers.Length);
        Assert.All(workers.Zip(before), worker => Assert.InRange(NativeThread.ProcessorTime(worker.First) - worker.Second, TimeSpan.Zero, TimeSpan.FromMilliseconds(5)));
    }

    [Fact]
    public async Task Run_SharedByManyRequests_DoesTheStepsOfEach()
    {
        using var pool = new WorkerPool(4);
        var taken = 0;
        var requests = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < 200; round++)
                {
                    pool.Enter();
                    if (pool.TryTake(4, default, Token))
                    {
                        var done = 0;
                        pool.Run(new ShareStep(_ => Interlocked.Increment(ref done)), 16);
                        pool.Release();
                        Assert.Equal(16, done);
                        Interlocked.Increment(ref taken);
                    }

                    pool.Leave();
                }
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));

        await Task.WhenAll(requests);
        Assert.True(taken > 0);
    }

    private static void InPool(WorkerPool pool, int threads, Action action, CancellationToken? cancellationToken = null)
    {
        pool.Enter();
        Assert.True(pool.TryTake(threads, default, cancellationToken ?? Token));
        try
        {
            action();
        }
        finally
        {
            pool.Release();
            pool.Leave();
        }
    }

    private static void AssertWorks(WorkerPool pool)
    {
        var done = 0;
        InPool(pool, pool.Threads, () => pool.Run(new ShareStep(_ => Interlocked.Increment(ref done)), 20));
        Assert.Equal(20, done);
    }
}
