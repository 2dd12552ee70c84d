using Pipeline.Testing.Uploads;
using Pipeline.Worker.Documents;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>Two workers on one store, many events delivered three times to either, one worker killed in the middle.</summary>
internal static class DeliveryStorm
{
    public const int Objects = 200;

    private const int Deliveries = 3;
    private const int KilledAfter = 60;

    /// <summary>Goes on until every object is classified. Prints its seed.</summary>
    /// <param name="settings">Of both workers.</param>
    public static async Task RunAsync(
        StorageHost storage, IDocumentStore documents, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var seed = Environment.ProcessId;
        TestContext.Current.SendDiagnosticMessage($"Seed {seed}");
        var random = new Random(seed);
        await using var doomed = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", settings, cancellationToken);
        await using var survivor = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", settings, cancellationToken);
        var objects = await UploadAsync(storage, cancellationToken);

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

        while (await CountClassifiedAsync(documents, cancellationToken) < Objects)
        {
            using var answer = await survivor.Http.PostAsync(new Uri(survivor.Address, "maintain"), null, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<List<(string Name, long Generation)>> UploadAsync(StorageHost storage, CancellationToken cancellationToken)
    {
        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "clock.jpg"), cancellationToken);
        var objects = new List<(string Name, long Generation)>();
        for (var index = 0; index < Objects; index++)
        {
            var name = $"users/u{index % 7}/photo-{index}.jpg";
            objects.Add((name, await storage.UploadAsync(name, picture, "image/jpeg", cancellationToken)));
        }

        return objects;
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

    private static async Task<int> CountClassifiedAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        var found = await documents.QueryAsync(
            new DocumentQuery("classifications", [new DocumentFilter("status", DocumentFilterOperator.Equal, "classified")], null, false, 1000), cancellationToken);
        return found.Documents.Length;
    }
}
