using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class WorkGateTests
{
    [Fact]
    public async Task Enter_FullGate_WaitsThenRefuses()
    {
        using var gate = new WorkGate(concurrency: 2, queueLength: 1);
        var first = await gate.EnterAsync(CancellationToken.None);
        using var second = await gate.EnterAsync(CancellationToken.None);
        var waiting = gate.EnterAsync(CancellationToken.None);

        Assert.False(waiting.IsCompleted);
        Assert.Null(await gate.EnterAsync(CancellationToken.None));

        first!.Dispose();
        first.Dispose();
        using var third = await waiting;
        Assert.NotNull(third);
        var next = gate.EnterAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);
        second!.Dispose();
        (await next)!.Dispose();
    }

    [Fact]
    public async Task Enter_CancelledWhileWaiting_FreesThePlaceInTheQueue()
    {
        using var gate = new WorkGate(concurrency: 1, queueLength: 1);
        using var place = await gate.EnterAsync(CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var waiting = gate.EnterAsync(cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(gate.EnterAsync(CancellationToken.None).IsCompleted);
    }
}
