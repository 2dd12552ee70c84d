using Microsoft.Extensions.Time.Testing;
using Pipeline.Testing.Faults;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Faults;

public sealed class FaultyObjectStoreTests
{
    private static readonly ObjectVersion Version = new("bucket", "users/u1/photos/a.jpg", 1);

    private readonly OneObjectStore _inner = new();
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(ObjectFault.Unavailable, ObjectStoreError.Unavailable)]
    [InlineData(ObjectFault.NotFound, ObjectStoreError.NotFound)]
    [InlineData(ObjectFault.TooLarge, ObjectStoreError.TooLarge)]
    [InlineData(ObjectFault.PermissionDenied, ObjectStoreError.PermissionDenied)]
    [InlineData(ObjectFault.ChecksumMismatch, ObjectStoreError.ChecksumMismatch)]
    public async Task DownloadAsync_Fault_ReportsItsError(ObjectFault fault, ObjectStoreError error)
    {
        var store = Faulty(new FaultPlan { Downloads = Always(fault) });

        var thrown = await Assert.ThrowsAsync<ObjectStoreException>(() => store.DownloadAsync(Version, 1_000, CancellationToken.None));

        Assert.Equal((error, Version.Bucket, Version.Name), (thrown.Error, thrown.Bucket, thrown.Name));
        Assert.Equal(0, _inner.Requests);
        Assert.Equal(1, store.Injected.Of("download", fault));
    }

    [Fact]
    public async Task DownloadAsync_CutBody_HandsOverAProperPrefix()
    {
        var store = Faulty(new FaultPlan { Downloads = Always(ObjectFault.CutBody) });

        for (var call = 0; call < 50; call++)
        {
            var body = await store.DownloadAsync(Version, 1_000, CancellationToken.None);

            Assert.InRange(body.Length, 0, OneObjectStore.Content.Length - 1);
            Assert.Equal(OneObjectStore.Content.AsSpan(0, body.Length), body.Span);
        }
    }

    [Fact]
    public async Task DownloadAsync_CorruptBody_ChangesExactlyOneByte()
    {
        var store = Faulty(new FaultPlan { Downloads = Always(ObjectFault.CorruptBody) });

        for (var call = 0; call < 50; call++)
        {
            var body = await store.DownloadAsync(Version, 1_000, CancellationToken.None);

            Assert.Equal(1, body.ToArray().Zip(OneObjectStore.Content).Count(pair => pair.First != pair.Second));
        }
    }

    [Fact]
    public async Task DownloadAsync_Stalled_EndsOnlyByCancellation()
    {
        var store = Faulty(new FaultPlan { Downloads = Always(ObjectFault.Stalled) });
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(30), _time);

        var download = store.DownloadAsync(Version, 1_000, cancellation.Token);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(download.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
    }

    [Fact]
    public async Task FindLiveAsync_Faults_ReportOrHideTheObject()
    {
        var hiding = Faulty(new FaultPlan { Finds = Always(ObjectFault.NotFound) });
        var failing = Faulty(new FaultPlan { Finds = Always(ObjectFault.PermissionDenied) });

        Assert.Null(await hiding.FindLiveAsync("bucket", "name", CancellationToken.None));
        var thrown = await Assert.ThrowsAsync<ObjectStoreException>(() => failing.FindLiveAsync("bucket", "name", CancellationToken.None));
        Assert.Equal(ObjectStoreError.PermissionDenied, thrown.Error);
    }

    [Fact]
    public async Task DownloadAsync_Delayed_WaitsOnTheClock()
    {
        var store = Faulty(new FaultPlan
        {
            Downloads = new ObjectFaultRates { Delayed = 1 },
            ShortestDelay = TimeSpan.FromSeconds(1),
            LongestDelay = TimeSpan.FromSeconds(1),
        });

        var download = store.DownloadAsync(Version, 1_000, CancellationToken.None);
        Assert.False(download.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(OneObjectStore.Content.Length, (await download).Length);
        Assert.Equal(1, store.Injected.Of(ObjectFault.Delayed));
    }

    [Fact]
    public void Plan_DownloadFaultForFinds_Throws() =>
        Assert.Throws<ArgumentException>(() => Faulty(new FaultPlan { Finds = new ObjectFaultRates { CutBody = 0.1 } }));

    private static ObjectFaultRates Always(ObjectFault fault) => fault switch
    {
        ObjectFault.Unavailable => new() { Unavailable = 1 },
        ObjectFault.NotFound => new() { NotFound = 1 },
        ObjectFault.TooLarge => new() { TooLarge = 1 },
        ObjectFault.PermissionDenied => new() { PermissionDenied = 1 },
        ObjectFault.ChecksumMismatch => new() { ChecksumMismatch = 1 },
        ObjectFault.CutBody => new() { CutBody = 1 },
        ObjectFault.CorruptBody => new() { CorruptBody = 1 },
        ObjectFault.Stalled => new() { Stalled = 1 },
        _ => new() { Delayed = 1 },
    };

    private FaultyObjectStore Faulty(FaultPlan plan) => new(_inner, plan, seed: 1, _time);
}
