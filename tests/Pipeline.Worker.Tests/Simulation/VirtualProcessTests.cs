using Pipeline.Testing.Simulation.Scheduling;

namespace Pipeline.Worker.Tests.Simulation;

public sealed class VirtualProcessTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly EventLoop _loop = new(seed: 1, Start);
    private readonly List<string> _log = [];

    [Fact]
    public void Delay_TakesVirtualTimeOnly()
    {
        var process = Process("a");
        process.Do(() => _ = WaitAsync(process, "a", TimeSpan.FromDays(1)));

        RunFor(TimeSpan.FromDays(2));

        Assert.Equal(["a woke after 1.00:00:00"], _log);
    }

    [Fact]
    public void Kill_NoContinuationRuns()
    {
        var process = Process("a");
        process.Do(() => _ = WaitAsync(process, "a", TimeSpan.FromSeconds(10)));
        _loop.After(TimeSpan.FromSeconds(5), process.Kill);

        RunFor(TimeSpan.FromMinutes(1));

        Assert.Empty(_log);
    }

    [Fact]
    public void Kill_FinallyDoesNotRun()
    {
        var process = Process("a");
        process.Do(() => _ = WithFinallyAsync(process));
        _loop.After(TimeSpan.FromSeconds(5), process.Kill);

        RunFor(TimeSpan.FromMinutes(1));

        Assert.Empty(_log);
    }

    [Fact]
    public void Pause_ContinuationRunsWhenItWakes()
    {
        var process = Process("a");
        process.Do(() => _ = WaitAsync(process, "a", TimeSpan.FromSeconds(10)));
        _loop.After(TimeSpan.FromSeconds(5), () => process.Pause(TimeSpan.FromSeconds(60), clockStands: false));

        RunFor(TimeSpan.FromMinutes(2));

        Assert.Equal(["a woke after 00:01:05"], _log);
    }

    [Fact]
    public void Pause_ClockStands_MonotonicTimeLacksThePause()
    {
        var process = Process("a");
        var began = process.Clock.GetTimestamp();
        process.Pause(TimeSpan.FromSeconds(60), clockStands: true);

        RunFor(TimeSpan.FromSeconds(100));

        Assert.Equal(TimeSpan.FromSeconds(40), process.Clock.GetElapsedTime(began));
    }

    [Fact]
    public void Clock_Skew_IsOfTheWallClockOnly()
    {
        var process = new VirtualProcess(_loop, "a", TimeSpan.FromMinutes(-10));
        var began = process.Clock.GetTimestamp();

        RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(Start.AddMinutes(-9), process.Clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(1), process.Clock.GetElapsedTime(began));
    }

    [Fact]
    public void Crash_UncaughtException_EndsTheProcess()
    {
        var process = Process("a");
        process.Do(() => throw new InvalidDataException("broken"));

        Assert.True(process.IsDead);
        Assert.IsType<InvalidDataException>(process.Crash);
    }

    [Fact]
    public void Clock_FromAnotherThread_IsNoticed()
    {
        var process = Process("a");
        Exception? thrown = null;
        var other = new Thread(() => thrown = Record.Exception(() => process.Clock.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.Zero)));
        other.Start();
        other.Join();

        Assert.IsType<InvalidOperationException>(thrown);
        Assert.NotNull(_loop.Escape);
    }

    [Fact]
    public void Semaphore_Contended_StaysOnTheLoop()
    {
        var process = Process("a");
        using var turn = new SemaphoreSlim(1);
        for (var number = 0; number < 3; number++)
        {
            process.Do(() => _ = WithTurnAsync(process, turn));
        }

        RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(["turn", "turn", "turn"], _log);
    }

    [Fact]
    public void Delay_Cancelled_StaysOnTheLoop()
    {
        var process = Process("a");
        var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(3), process.Clock);
        process.Do(() => _ = WaitAsync(process, "a", TimeSpan.FromSeconds(10), cancellation.Token));

        RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(["a woke after 00:00:03"], _log);
    }

    [Fact]
    public void SameInstant_OrderIsTheSeeds()
    {
        var orders = Enumerable.Range(1, 20).Select(Order).ToList();

        Assert.Equal(Order(1), orders[0]);
        Assert.True(orders.Distinct().Count() > 10);
    }

    [Fact]
    public void RunUntil_CirclesWithoutTime_Throws()
    {
        _loop.Post(Again);

        Assert.Throws<InvalidOperationException>(() => _loop.RunUntil(() => false, Start.AddMinutes(1), 1_000));

        void Again() => _loop.Post(Again);
    }

    private static string Order(int seed)
    {
        var loop = new EventLoop(seed, Start);
        var order = new List<int>();
        for (var number = 0; number < 8; number++)
        {
            var mine = number;
            loop.Post(() => order.Add(mine));
        }

        loop.RunUntil(() => false, Start.AddSeconds(1), 100);
        return string.Join(' ', order);
    }

    private VirtualProcess Process(string name) => new(_loop, name, TimeSpan.Zero);

    private void RunFor(TimeSpan time)
    {
        _loop.RunUntil(() => false, _loop.Now + time, 10_000);
    }

    private async Task WaitAsync(VirtualProcess process, string name, TimeSpan time, CancellationToken cancellationToken = default)
    {
        var began = process.Clock.GetTimestamp();
        await Task.Delay(time, process.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        _log.Add($"{name} woke after {process.Clock.GetElapsedTime(began)}");
    }

    private async Task WithFinallyAsync(VirtualProcess process)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(10), process.Clock, CancellationToken.None);
        }
        finally
        {
            _log.Add("finally");
        }
    }

    private async Task WithTurnAsync(VirtualProcess process, SemaphoreSlim turn)
    {
        await turn.WaitAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), process.Clock, CancellationToken.None);
        _log.Add("turn");
        turn.Release();
    }
}
