using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.EndToEnd.Tests;

/// <summary>Two processes on one store, events delivered three times, one process killed in the middle.</summary>
public sealed class TwoWorkersTests
{
    private const int Objects = 200;
    private const int Deliveries = 3;
    private const int KilledAfter = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Deliveries_OneWorkerKilled_EachObjectIsClassifiedOnce()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        var cancellationToken = deadline.Token;
        var seed = Environment.ProcessId;
        TestContext.Current.SendDiagnosticMessage($"Seed {seed}");
        var random = new Random(seed);

        await using var world = await EndToEndFixture.CreateAsync(cancellationToken);
        var settings = world.Settings(("Lease", "5s"), ("Concurrency", "4"), ("QueueLength", "100"));
        await using var doomed = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", settings, cancellationToken);
        await using var survivor = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", settings, cancellationToken);

        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "clock.jpg"), cancellationToken);
        var objects = new List<(string Name, long Generation)>();
        for (var index = 0; index < Objects; index++)
        {
            var name = $"users/u{index % 7}/photo-{index}.jpg";
            objects.Add((name, await world.Storage.UploadAsync(name, picture, "image/jpeg", cancellationToken)));
        }

        var deliveries = Enumerable.Range(0, Objects * Deliveries).Select(index => index % Objects).ToArray();
        random.Shuffle(deliveries);
        var targets = deliveries.Select(_ => random.Next(2) == 0 ? doomed : survivor).ToArray();
        var acknowledged = 0;
        using var turns = new SemaphoreSlim(8);
        await Task.WhenAll(deliveries.Select(async (item, delivery) =>
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                await DeliverAsync(targets[delivery], survivor, $"event-{item}", objects[item].Name, objects[item].Generation, cancellationToken);
                if (Interlocked.Increment(ref acknowledged) == KilledAfter)
                {
                    doomed.Kill();
                }
            }
            finally
            {
                turns.Release();
            }
        }));

        while (await CountAsync(world, "classified", cancellationToken) < Objects)
        {
            using var answer = await survivor.Http.PostAsync(new Uri(survivor.Address, "maintain"), null, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }

        var completions = (await world.HistoryAsync(cancellationToken))
            .Where(change => change.Fields?["status"] == new DocumentValue.StringValue("classified"))
            .GroupBy(change => change.Path)
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(Objects, completions.Count);
        Assert.All(completions.Values, count => Assert.Equal(1, count));
    }

    /// <summary>Delivers until the event is acknowledged, as the platform does; a dead worker's events go to the other.</summary>
    private static async Task DeliverAsync(
        ServiceProcess first, ServiceProcess other, string id, string name, long generation, CancellationToken cancellationToken)
    {
        for (var target = first; ; target = other)
        {
            try
            {
                using var answer = await StorageEvents.PostAsync(target, "events/storage", "finalized", id, name, generation, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Its process is gone.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<int> CountAsync(EndToEndFixture world, string status, CancellationToken cancellationToken)
    {
        var found = await world.Documents.QueryAsync(
            new DocumentQuery("classifications", [new DocumentFilter("status", DocumentFilterOperator.Equal, status)], null, false, 1000), cancellationToken);
        return found.Documents.Length;
    }
}
