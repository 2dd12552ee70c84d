using System.Security.Cryptography;
using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary>Uploads of <c>gcloud storage cp</c> that break off in the middle and are brought to their end.</summary>
public sealed class GcloudResumeTests : IClassFixture<EndpointRun>, IAsyncLifetime
{
    private const int Size = 20_000_000;
    private const int BreaksAfter = 7_000_000;

    /// <summary>Bytes that may be heads of requests, or on their way.</summary>
    private const int Margin = 500_000;

    private readonly byte[] _content = RandomNumberGenerator.GetBytes(Size);
    private readonly string _file = Path.GetTempFileName();
    private readonly LocalRunProcess _run;
    private long _events;

    public GcloudResumeTests(EndpointRun endpoint)
    {
        _run = endpoint.Run;
    }

    private string Name => Path.GetFileName(_file);

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(_file, _content, TestContext.Current.CancellationToken);
        _events = await Outbox.CountAsync(_run.Data);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_file);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Copy_ConnectionBreaks_GoesOnFromThere()
    {
        await using var relay = new Relay(_run.Storage, RelayFault.Break, BreaksAfter);
        using var gcloud = new Gcloud(relay.Address);

        await CopyAsync(gcloud);

        Assert.True(relay.Failed.IsCompleted);
        await AssertResumedAsync(relay.Passed);
    }

    [Fact]
    public async Task Copy_CommandIsKilled_NextOneGoesOnFromThere()
    {
        await using var relay = new Relay(_run.Storage, RelayFault.Stall, BreaksAfter);
        using var gcloud = new Gcloud(relay.Address);
        using var kill = new CancellationTokenSource();
        var first = gcloud.RunAsync(Arguments, new Dictionary<string, string>(), kill.Token);
        await Task.WhenAny(WaitForBreakAsync(relay), first);
        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        await CopyAsync(gcloud);

        await AssertResumedAsync(relay.Passed);
    }

    [Fact]
    public async Task Copy_EndpointIsKilled_GoesOnOnceItIsBack()
    {
        await using var relay = new Relay(_run.Storage, RelayFault.Stall, BreaksAfter);
        using var gcloud = new Gcloud(relay.Address);
        var copy = CopyAsync(gcloud);
        await Task.WhenAny(WaitForBreakAsync(relay), copy);
        await _run.KillAsync();
        await _run.StartAgainAsync(isReady: false);

        await copy;

        await AssertResumedAsync(relay.Passed);
    }

    private string[] Arguments => ["storage", "cp", _file, $"gs://{LocalRunProcess.Bucket}/{Name}"];

    private async Task CopyAsync(Gcloud gcloud)
    {
        var result = await gcloud.RunAsync(Arguments);
        Assert.True(result.ExitCode == 0, result.Everything);
    }

    /// <summary>Waits until the connection is broken and what had passed before is with the endpoint.</summary>
    private async Task WaitForBreakAsync(Relay relay)
    {
        await relay.Failed;
        var uploads = new DirectoryInfo(Path.Combine(_run.Data, "buckets", ".pipeline", "uploads"));
        while (uploads.EnumerateFiles().Sum(static file => file.Length) < BreaksAfter - Margin)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The object is whole, it was not sent anew from its beginning, and it was told of once.</summary>
    private async Task AssertResumedAsync(long sent)
    {
        var address = new Uri(_run.Storage, $"storage/v1/b/{LocalRunProcess.Bucket}/o/{Name}?alt=media");
        var stored = await _run.Http.GetByteArrayAsync(address, TestContext.Current.CancellationToken);
        Assert.True(stored.AsSpan().SequenceEqual(_content));
        Assert.InRange(sent, Size, Size + BreaksAfter - Margin);
        Assert.Equal(_events + 1, await Outbox.CountAsync(_run.Data));
    }
}
