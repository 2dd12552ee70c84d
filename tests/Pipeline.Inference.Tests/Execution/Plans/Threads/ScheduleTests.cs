using System.Collections.Concurrent;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Threads;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution.Plans.Threads;

public sealed class ScheduleTests
{
    private const long Second = 1_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_SeveralThreads_ShareAStepOfManyUnits()
    {
        using var pool = new WorkerPool(2);
        using var meeting = new Barrier(2);

        // Only two threads at a time get past.
        Run(pool, null, Token, new ShareStep(_ => Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(60), Token)), 2, Second));

        Assert.Equal(1, meeting.CurrentPhaseNumber);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(null, true)]
    public void Run_NoThreadButItsOwn_StaysThere(int? threads, bool poolIsTaken)
    {
        using var pool = new WorkerPool(3);
        pool.Enter();
        Assert.True(pool.TryTake(poolIsTaken ? 2 : 3, default, Token));
        if (!poolIsTaken)
        {
            pool.Release();
            pool.Leave();
        }

        var seen = new ConcurrentBag<int>();
        Run(pool, threads, Token, new ShareStep(_ => seen.Add(Environment.CurrentManagedThreadId), 50, Second));

        Assert.Equal(50, seen.Count);
        Assert.All(seen, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_CancelledWithinAStep_StopsThere(int threads)
    {
        using var pool = new WorkerPool(threads);
        using var source = new CancellationTokenSource();
        var (done, later) = (0, 0);
        var step = new ShareStep(
            _ =>
            {
                var number = Interlocked.Increment(ref done);
                if (number == 5)
                {
                    source.Cancel();
                }
                else if (number > 5)
                {
                    // Begun before the cancellation, if all is right: one on each other thread.
                    source.Token.WaitHandle.WaitOne();
                }
            },
            1000,
            Second);

        Assert.Throws<OperationCanceledException>(() => Run(pool, null, source.Token, step, new ShareStep(_ => later++)));

        Assert.InRange(done, 5, 5 + threads - 1);
        Assert.Equal(0, later);
        AssertWorks(pool);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_ShareThatThrows_GivesItsExceptionAndThePoolToTheNextRun(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (var bad = 0; bad < 12; bad++)
        {
            var number = bad;
            var step = new ShareStep(share => _ = share == number ? throw new MemoryLimitExceededException("share", share, 0) : 0, 12, Second);

            var error = Assert.Throws<MemoryLimitExceededException>(() => Run(pool, null, Token, step));

            Assert.Equal(bad, error.Needed);
            AssertWorks(pool);
        }
    }

    [Fact]
    public void Run_SmallSteps_NeverLeaveTheirThread()
    {
        using var pool = new WorkerPool(4);
        var seen = new ConcurrentBag<int>();
        void See(int share) => seen.Add(Environment.CurrentManagedThreadId);

        Run(pool, null, Token, [.. Enumerable.Range(0, 40).Select(_ => new ShareStep(See, 100, 2_000)), new ShareStep(_ => { }, 8, Second)]);

        Assert.Equal(40, seen.Count);
        Assert.All(seen, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
    }

    private static void Run(WorkerPool pool, int? threads, CancellationToken cancellationToken, params PlanStep[] steps)
    {
        var resources = new PlanResources(new SessionOptions { Threads = threads }, pool);
        new Schedule(steps, resources).Run(default, null, cancellationToken);
    }

    private static void AssertWorks(WorkerPool pool)
    {
        var done = 0;
        Run(pool, null, Token, new ShareStep(_ => Interlocked.Increment(ref done), 20, 20_000_000));
        Assert.Equal(20, done);
    }
}
