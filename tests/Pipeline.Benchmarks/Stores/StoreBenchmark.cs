using System.Collections.Immutable;
using Pipeline.Testing.Uploads;

namespace Pipeline.Benchmarks.Stores;

/// <summary>The same picture under a new name each round, classified by each worker in turn; the order changes every second round.</summary>
internal static class StoreBenchmark
{
    /// <summary>Rounds that are dropped: code is still being compiled, and the emulator's too.</summary>
    private const int WarmUp = 20;

    /// <param name="workers">Ready ones.</param>
    /// <param name="rounds">At least 1.</param>
    /// <returns>In the order of the workers.</returns>
    public static async Task<ImmutableArray<StoreResult>> RunAsync(
        ImmutableArray<EventWorker> workers, StorageHost objects, byte[] picture, int rounds, CancellationToken cancellationToken)
    {
        var times = workers.Select(_ => new List<double>()).ToArray();
        for (var round = -WarmUp; round < rounds; round++)
        {
            var name = $"users/bench/{round}.jpg";
            var generation = await objects.UploadAsync(name, picture, "image/jpeg", cancellationToken);
            foreach (var index in round % 2 == 0 ? Enumerable.Range(0, workers.Length) : Enumerable.Range(0, workers.Length).Reverse())
            {
                var milliseconds = await workers[index].PostAsync(new UploadEvent($"event-{round}", name, generation), cancellationToken);
                if (round >= 0)
                {
                    times[index].Add(milliseconds);
                }
            }
        }

        return [.. workers.Zip(times, static (worker, measured) => new StoreResult(worker.Case.Name, measured))];
    }
}
