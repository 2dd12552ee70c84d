using System.Text.Json;
using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary><c>uploadBytesResumable</c> of the Firebase web SDK against the local endpoint.</summary>
public sealed class FirebaseResumableTests : IClassFixture<EndpointRun>
{
    private const int Large = 20 * 1024 * 1024;

    private readonly LocalRunProcess _run;

    public FirebaseResumableTests(EndpointRun run)
    {
        _run = run.Run;
    }

    [Fact]
    public async Task Upload_OfAnySizePausedOrCancelled_StoresWhatWasSentOrNothing()
    {
        var lines = await RunAsync(("sizes", (int[])[0, 1000, 262_144, 262_145, 1_048_576, Large]), ("pause", Large), ("cancel", Large));

        foreach (var (name, size) in ((string, int)[])[("whole/0", 0), ("whole/1000", 1000), ("whole/262144", 262_144), ("whole/262145", 262_145), ("whole/1048576", 1_048_576), ($"whole/{Large}", Large), ("paused", Large)])
        {
            AssertStored(lines, name, size);
        }

        Assert.Equal(1, lines.Single(static line => Name(line) == "paused").GetProperty("paused").GetInt32());
        Assert.Equal(["storage/canceled", "storage/object-not-found"], lines.Where(static line => Name(line) == "cancelled").Select(static line => line.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Upload_OverConnectionsThatBreakInMidPiece_IsWhole()
    {
        await using var early = new Relay(_run.Storage, RelayFault.Break, 500);
        await using var middle = new Relay(_run.Storage, RelayFault.Break, 900_000);
        await using var late = new Relay(_run.Storage, RelayFault.Break, 8_000_000);
        Relay[] relays = [early, middle, late];

        var lines = await RunAsync(("relays", relays.Select(static relay => relay.Address.Port)), ("broken", Large));

        Assert.All(relays, static relay => Assert.True(relay.Failed.IsCompletedSuccessfully));
        for (var index = 0; index < relays.Length; index++)
        {
            AssertStored(lines, $"broken/{index}", Large);
        }
    }

    [Fact]
    public async Task Upload_OverAKilledEndpoint_GoesOnWithTheNext()
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-restart-").FullName;
        try
        {
            var (paused, restarted) = (Path.Combine(folder, "paused"), Path.Combine(folder, "restarted"));
            var running = RunAsync(("restart", Large), ("paused", paused), ("restarted", restarted));
            while (!File.Exists(paused) && !running.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            await _run.KillAsync();
            await _run.StartAgainAsync(isReady: false);
            await File.WriteAllTextAsync(restarted, string.Empty, TestContext.Current.CancellationToken);

            AssertStored(await running, "restarted", Large);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertStored(IReadOnlyList<JsonElement> lines, string name, int size)
    {
        var line = lines.Single(line => Name(line) == name);
        Assert.True(line.TryGetProperty("size", out var stored) && stored.GetInt32() == size && line.GetProperty("isSame").GetBoolean(), line.GetRawText());
        Assert.Equal(("image/jpeg", "v"), (line.GetProperty("type").GetString(), line.GetProperty("custom").GetString()));
    }

    private static string? Name(JsonElement line) => line.GetProperty("name").GetString();

    private Task<IReadOnlyList<JsonElement>> RunAsync(params (string Name, object Value)[] input)
    {
        var all = input.ToDictionary(static entry => entry.Name, static entry => entry.Value);
        all["bucket"] = LocalRunProcess.Bucket;
        all["storagePort"] = _run.Storage.Port;
        return NodeScript.RunAsync("firebase-resumable.mjs", all);
    }
}
