using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Models.Package;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Tests.ModelStore.Support;

namespace Pipeline.Worker.Tests.ModelStore;

/// <summary>Newer versions beside live requests, on a loader that does as it is told and a clock that the test moves.</summary>
public sealed class ModelReloadTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchAsync_NewerVersion_AnswersOnceItHasSettledAndIsWarm()
    {
        var loader = Loader();
        loader.Candidates = [Version(1)];
        await using var watched = await WatchAsync(loader);
        Assert.Equal("1", await AnswersAsync(watched.Registry));

        loader.Candidates = [Version(2), Version(1)];
        await UntilAsync(watched, status => status.Update is { State: ModelUpdateState.Settling, Version: 2 });
        Assert.Single(loader.Loaded);
        await UntilAsync(watched, status => status.Serving!.Version == 2);

        Assert.Equal("2", await AnswersAsync(watched.Registry));
        Assert.Null(watched.Registry.Statuses[0].Update);
        Assert.True(watched.Registry.IsReady);
    }

    [Fact]
    public async Task WatchAsync_FilesThatKeepChanging_AreNotLoaded()
    {
        var loader = Loader();
        await using var watched = await WatchAsync(loader);
        for (var copied = 0; copied < 30; copied++)
        {
            loader.Candidates = [Version(1) with { Stamp = $"half {copied}" }];
            await watched.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Single(loader.Loaded);
        Assert.Equal(ModelUpdateState.Settling, watched.Registry.Statuses[0].Update!.State);
        await UntilAsync(watched, status => status.Update is null);
        Assert.Equal(2, loader.Loaded.Count);
    }

    [Fact]
    public async Task WatchAsync_FilesThatChangeWhileTheyAreRead_AreReadAgain()
    {
        var loader = new StubLoader((_, number, _) => new StubModel());
        var looks = Loader();
        var loads = new StubLoader((_, number, _) =>
        {
            if (number == 2)
            {
                looks.Candidates = [Version(2) with { Stamp = "whole" }];
            }

            return Model(number);
        });
        await using var watched = await WatchAsync(new ForwardingLoader(looks, loads));

        looks.Candidates = [Version(2)];
        await UntilAsync(watched, status => status.Serving!.Version == 2);

        Assert.Equal(3, loads.Loaded.Count);
        Assert.Equal("whole", loads.Last!.Stamp);
    }

    [Fact]
    public async Task WatchAsync_BadVersion_LeavesTheOldAnsweringAndSaysWhyUntilItIsMended()
    {
        var loader = new StubLoader((_, number, _) => number == 2 ? throw new InvalidDataException("variables: broken") : Model(number));
        loader.Candidates = [Version(1)];
        await using var watched = await WatchAsync(loader);

        loader.Candidates = [Version(2), Version(1)];
        await UntilAsync(watched, status => status.Update is { State: ModelUpdateState.Refused, Reason: "variables: broken", Version: 2 });
        Assert.Equal("1", await AnswersAsync(watched.Registry));
        await watched.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, loader.Loaded.Count);

        loader.Candidates = [Version(2) with { Stamp = "mended" }, Version(1)];
        await UntilAsync(watched, status => status.Serving!.Version == 2);
        Assert.Null(watched.Registry.Statuses[0].Update);
    }

    [Fact]
    public async Task WatchAsync_SameFolderSpoiled_IsNotRolledBackToAnOlderVersion()
    {
        var loader = new StubLoader((_, number, _) => number == 2 ? throw new InvalidDataException("broken") : Model(number));
        loader.Candidates = [Version(5), Version(4)];
        await using var watched = await WatchAsync(loader);

        loader.Candidates = [Version(5) with { Stamp = "spoiled" }, Version(4)];
        await UntilAsync(watched, status => status.Update is { State: ModelUpdateState.Refused });
        await watched.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal((5, 2), (watched.Registry.Statuses[0].Serving!.Version!.Value, loader.Loaded.Count));
    }

    [Fact]
    public async Task WatchAsync_VersionRemoved_RollsBackToTheOneBefore()
    {
        var loader = Loader();
        loader.Candidates = [Version(2), Version(1)];
        await using var watched = await WatchAsync(loader);
        Assert.Equal(2, watched.Registry.Statuses[0].Serving!.Version);

        loader.Candidates = [Version(1)];
        await UntilAsync(watched, status => status.Serving!.Version == 1);

        Assert.Equal(2, loader.Loaded.Count);
    }

    [Fact]
    public async Task WatchAsync_FolderGone_TheModelGoesOnAnswering()
    {
        var loader = Loader();
        await using var watched = await WatchAsync(loader);

        loader.Candidates = null;
        await watched.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("1", await AnswersAsync(watched.Registry));
        Assert.Null(watched.Registry.Statuses[0].Update);
    }

    [Fact]
    public async Task Start_NewestIsBad_TheOneBeforeServesAndTheReasonIsTold()
    {
        var loader = new StubLoader((_, number, _) => number == 1 ? throw new InvalidDataException("broken") : Model(number));
        loader.Candidates = [Version(3), Version(2), Version(1)];
        await using var watched = await WatchAsync(loader);

        var status = watched.Registry.Statuses[0];
        Assert.Equal((ModelState.Ready, 2L), (status.State, status.Serving!.Version));
        Assert.Equal((3L, ModelUpdateState.Refused, "broken"), (status.Update!.Version, status.Update.State, status.Update.Reason));
        await watched.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, loader.Loaded.Count);
    }

    [Fact]
    public async Task WatchAsync_FirstLoadFailed_IsLoadedOnceTheFolderIsMended()
    {
        var loader = new StubLoader((_, number, _) => number == 1 ? throw new InvalidDataException("broken") : Model(number));
        await using var watched = await WatchAsync(loader);
        Assert.Equal((ModelState.Failed, "broken"), (watched.Registry.Statuses[0].State, watched.Registry.Statuses[0].Reason));

        loader.Candidates = [Version(1) with { Stamp = "mended" }];
        await UntilAsync(watched, status => status.State == ModelState.Ready);

        Assert.Equal("2", await AnswersAsync(watched.Registry));
    }

    [Fact]
    public async Task WatchAsync_ReasonThatMayPass_IsTriedAgainAfterAWhile()
    {
        var loader = new StubLoader((_, number, _) => number == 2 ? throw new IOException("The disk is away.") : Model(number));
        loader.Candidates = [Version(1)];
        await using var watched = await WatchAsync(loader);

        loader.Candidates = [Version(2), Version(1)];
        await UntilAsync(watched, status => status.Update is { State: ModelUpdateState.Refused });
        await UntilAsync(watched, status => status.Serving!.Version == 2);
    }

    [Fact]
    public async Task WatchAsync_OldVersionInUse_IsDisposedAfterItsLastRequestAndNoThirdIsLoadedBefore()
    {
        var models = new List<StubModel>();
        var loader = new StubLoader((_, number, _) =>
        {
            models.Add(Model(number));
            return models[^1];
        });
        loader.Candidates = [Version(1)];
        await using var watched = await WatchAsync(loader);
        using var request = await watched.Registry.FindAsync(null, Cancel);

        loader.Candidates = [Version(2)];
        await UntilAsync(watched, status => status.Serving!.Version == 2);
        Assert.False(models[0].IsDisposed);
        Assert.Equal("1", request.Model!.Facts.Version);

        loader.Candidates = [Version(3)];
        await UntilAsync(watched, status => status.Update is { State: ModelUpdateState.Waiting, Version: 3 });
        await watched.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(2, loader.Loaded.Count);

        request.Dispose();
        request.Dispose();
        Assert.True(models[0].IsDisposed);
        Assert.False(models[1].IsDisposed);
        await UntilAsync(watched, status => status.Serving!.Version == 3);
        Assert.True(models[1].IsDisposed);
    }

    [Fact]
    public async Task WatchAsync_ManySwitchesUnderTraffic_NoRequestFailsAndEachAnswerNamesItsVersion()
    {
        var loader = Loader();
        loader.Candidates = [Version(1)];
        await using var watched = await WatchAsync(loader);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var traffic = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var lookup = await watched.Registry.FindAsync(null, Cancel);
                var before = lookup.Model!.Facts.Version;
                await Task.Yield();
                var prediction = lookup.Model.Classify(default, default!, Cancel);
                Assert.Equal(before, prediction.Ranking.Label);
                seen.AddOrUpdate(before, 1, static (_, count) => count + 1);
            }
        })).ToArray();

        for (var version = 2; version <= 6; version++)
        {
            loader.Candidates = [Version(version)];
            await UntilAsync(watched, status => status.Serving!.Version == version);
            var answers = version.ToString(CultureInfo.InvariantCulture);
            while (!seen.ContainsKey(answers))
            {
                await Task.Yield();
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(traffic);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], seen.Keys.Order());
    }

    [Fact]
    public async Task WatchAsync_NeverPolls_ReturnsAtOnce()
    {
        await using var registry = new ModelRegistry(Options with { PollInterval = TimeSpan.Zero }, Loader(), _time, NullLogger<ModelRegistry>.Instance);

        await registry.WatchAsync(Cancel);
    }

    private static ModelStoreOptions Options { get; } = new() { Models = [new ModelSource("flowers", "/models/flowers")] };

    private static ModelCandidate Version(long number) => new($"/models/flowers/{number}", number, "first");

    /// <summary>Its version is the number of its load.</summary>
    private static StubModel Model(int number)
    {
        var version = number.ToString(CultureInfo.InvariantCulture);
        return new StubModel
        {
            Facts = new ModelFacts("flowers", version, new string('a', 64), ModelFormat.SavedModel),
            Answer = _ => new Ranking(version, 1, []),
        };
    }

    private static StubLoader Loader() => new((_, number, _) => Model(number)) { Candidates = [Version(1)] };

    private static async Task<string> AnswersAsync(ModelRegistry registry)
    {
        using var lookup = await registry.FindAsync(null, Cancel);
        return lookup.Model!.Facts.Version;
    }

    private async Task<WatchedRegistry> WatchAsync(IModelLoader loader)
    {
        var registry = new ModelRegistry(Options, loader, _time, NullLogger<ModelRegistry>.Instance);
        registry.Start();
        (await registry.FindAsync(null, Cancel)).Dispose();
        return new WatchedRegistry(registry, _time);
    }

    private static async Task UntilAsync(WatchedRegistry watched, Func<ModelStatus, bool> isRight)
    {
        for (var step = 0; !isRight(watched.Registry.Statuses[0]); step++)
        {
            Assert.True(step < 2000, $"The model stays at {watched.Registry.Statuses[0]}.");
            await watched.AdvanceAsync(TimeSpan.FromMilliseconds(250));
        }
    }

    /// <summary>Looks at one loader's candidates and loads with another.</summary>
    private sealed class ForwardingLoader(StubLoader looks, StubLoader loads) : IModelLoader
    {
        public ImmutableArray<ModelCandidate> Look(ModelSource source) => looks.Look(source);

        public IServedModel Load(ModelSource source, ModelCandidate candidate, CancellationToken cancellationToken) => loads.Load(source, candidate, cancellationToken);
    }
}
