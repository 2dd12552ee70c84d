using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Documents;

namespace Pipeline.EndToEnd.Tests;

/// <summary>Two processes on one store, events delivered three times, one process killed in the middle.</summary>
public sealed class TwoWorkersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly FirestoreEmulator _emulator;

    public TwoWorkersTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    [Fact]
    public async Task Deliveries_OneWorkerKilled_EachObjectIsClassifiedOnce()
    {
        using var deadline = Deadline();
        await using var world = await EndToEndFixture.CreateAsync(deadline.Token);

        await DeliveryStorm.RunAsync(world.Storage, world.Documents, world.Settings(("Lease", "5s"), ("Concurrency", "4"), ("QueueLength", "100")), deadline.Token);

        AssertOnceEach((await world.HistoryAsync(deadline.Token))
            .Where(change => change.Fields?["status"] == new DocumentValue.StringValue("classified"))
            .Select(change => change.Path.ToString()));
    }

    [Fact]
    public async Task Deliveries_OneWorkerKilledOnFirestore_EachObjectIsClassifiedOnce()
    {
        using var deadline = Deadline();
        await using var world = await EndToEndFixture.CreateAsync(deadline.Token);
        await using var firestore = await FirestoreWorld.CreateAsync(_emulator, deadline.Token);
        var settings = world.Settings([.. firestore.Settings, ("Lease", "5s"), ("Concurrency", "4"), ("QueueLength", "100")]);

        await DeliveryStorm.RunAsync(world.Storage, firestore.Documents, settings, deadline.Token);

        AssertOnceEach(firestore.Traffic.Writes.Where(write => write.Status == "classified").Select(write => write.Document));
    }

    private static CancellationTokenSource Deadline()
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        return deadline;
    }

    private static void AssertOnceEach(IEnumerable<string> classified)
    {
        var counts = classified.CountBy(document => document).ToList();
        Assert.Equal(DeliveryStorm.Objects, counts.Count);
        Assert.All(counts, count => Assert.Equal(1, count.Value));
    }
}
