using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Models;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.ModelStore.Support;

namespace Pipeline.Worker.Tests.ModelStore;

public sealed class ModelRegistryTests
{
    private static readonly ModelSource Flowers = new("flowers", "/models/flowers");

    private static readonly ModelSource Birds = new("birds", "/models/birds");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Start_TwoModels_LoadsAndWarmsThemInOrderOneAtATime()
    {
        var model = new StubModel();
        var loader = new StubLoader(model);
        await using var registry = Registry(loader, Flowers, Birds);
        Assert.False(registry.IsReady);
        Assert.All(registry.Statuses, status => Assert.Equal(ModelState.Waiting, status.State));

        registry.Start();
        await registry.FindAsync("birds", Cancel);
        await registry.FindAsync("flowers", Cancel);

        Assert.True(registry.IsReady);
        Assert.Equal(["birds", "flowers"], loader.Loaded.Order());
        Assert.False(loader.HasOverlapped);
        Assert.Equal(2, model.WarmUps);
        Assert.All(registry.Statuses, status => Assert.Equal((ModelState.Ready, model.Facts), (status.State, status.Facts)));
    }

    [Fact]
    public async Task IsReady_ModelStillWarming_IsFalse()
    {
        using var mayWarm = new ManualResetEventSlim();
        await using var registry = Registry(new StubLoader(new StubModel { OnWarmUp = mayWarm.Wait }), Flowers);

        registry.Start();

        Assert.False(registry.IsReady);
        mayWarm.Set();
        Assert.NotNull((await registry.FindAsync(null, Cancel)).Model);
        Assert.True(registry.IsReady);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task IsReady_ModelThatFails_MattersWhereItIsRequired(bool isRequired, bool isReady)
    {
        var loader = new StubLoader((source, _, _) => source.Name == "birds" ? throw new InvalidDataException("broken") : new StubModel());
        await using var registry = Registry(loader, Flowers, Birds with { IsRequired = isRequired });

        registry.Start();
        await registry.FindAsync("flowers", Cancel);
        await registry.FindAsync("birds", Cancel);

        Assert.Equal(isReady, registry.IsReady);
        Assert.Equal((ModelState.Failed, "broken"), (registry.Statuses[1].State, registry.Statuses[1].Reason));
    }

    [Fact]
    public async Task FindAsync_NoName_IsTheDefaultModel()
    {
        await using var first = Registry(new StubLoader(new StubModel()), Flowers, Birds);
        var options = new ModelStoreOptions { Models = [Flowers, Birds], DefaultModel = "birds" };
        await using var named = new ModelRegistry(options, new StubLoader(new StubModel()), _time, NullLogger<ModelRegistry>.Instance);

        Assert.Equal(("flowers", "birds"), (first.DefaultModel, named.DefaultModel));
        Assert.NotNull((await first.FindAsync(null, Cancel)).Model);
    }

    [Fact]
    public async Task FindAsync_UnknownName_IsAConfigurationFailure()
    {
        await using var registry = Registry(new StubLoader(new StubModel()), Flowers);

        var failure = (await registry.FindAsync("Flowers", Cancel)).Failure!;

        Assert.Equal((FailureCode.ModelNotFound, FailureKind.Configuration), (failure.Code, failure.Code.Kind));
        Assert.Contains("'Flowers'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_FolderThatIsMissing_IsNotFound()
    {
        await using var registry = Registry(new StubLoader((_, _, _) => throw new DirectoryNotFoundException("/models/flowers: no such folder")), Flowers);

        Assert.Equal(FailureCode.ModelNotFound, (await registry.FindAsync(null, Cancel)).Failure!.Code);
    }

    [Fact]
    public async Task FindAsync_ModelThatIsRefused_SaysWhyWithoutThePath()
    {
        var error = new InvalidModelException("/models/flowers", "variables", "a file", "none");
        await using var registry = Registry(new StubLoader((_, _, _) => throw error), Flowers);

        var failure = (await registry.FindAsync("flowers", Cancel)).Failure!;

        Assert.Equal((FailureCode.ModelInvalid, FailureKind.Configuration), (failure.Code, failure.Code.Kind));
        Assert.Equal("The model 'flowers' cannot be used: its files are broken.", failure.Message);
        Assert.Equal(error.Message, failure.Detail);
    }

    [Fact]
    public async Task FindAsync_WarmUpThatFails_IsAFailure()
    {
        var model = new StubModel { OnWarmUp = _ => throw new InvalidDataException("no") };
        await using var registry = Registry(new StubLoader(model), Flowers);

        Assert.Equal(FailureCode.ModelInvalid, (await registry.FindAsync(null, Cancel)).Failure!.Code);
        Assert.False(registry.IsReady);
    }

    [Fact]
    public async Task FindAsync_LoadingLongerThanTheBound_IsTransientAndLoadingGoesOn()
    {
        using var mayLoad = new ManualResetEventSlim();
        var loader = new StubLoader((_, _, token) =>
        {
            mayLoad.Wait(token);
            return new StubModel();
        });
        await using var registry = Registry(loader, Flowers);

        var search = registry.FindAsync(null, Cancel);
        _time.Advance(TimeSpan.FromSeconds(20));
        var lookup = await search;

        Assert.Equal((FailureCode.ModelNotReady, FailureKind.Transient), (lookup.Failure!.Code, lookup.Failure.Code.Kind));
        mayLoad.Set();
        Assert.NotNull((await registry.FindAsync(null, Cancel)).Model);
        Assert.Single(loader.Loaded);
    }

    [Fact]
    public async Task FindAsync_CancelledWait_LeavesLoadingAlone()
    {
        using var mayLoad = new ManualResetEventSlim();
        await using var registry = Registry(new StubLoader((_, _, token) =>
        {
            mayLoad.Wait(token);
            return new StubModel();
        }), Flowers);
        using var cancel = new CancellationTokenSource();

        var search = registry.FindAsync(null, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
        mayLoad.Set();
        Assert.NotNull((await registry.FindAsync(null, Cancel)).Model);
    }

    [Fact]
    public async Task FindAsync_AfterAFailure_LoadsAgainOnceAWhileHasPassed()
    {
        var loader = new StubLoader((_, number, _) => number == 1 ? throw new InvalidDataException("not yet copied") : new StubModel());
        await using var registry = Registry(loader, Flowers);
        Assert.NotNull((await registry.FindAsync(null, Cancel)).Failure);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.NotNull((await registry.FindAsync(null, Cancel)).Failure);
        Assert.Single(loader.Loaded);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await registry.FindAsync(null, Cancel)).Model);
        Assert.Equal(2, loader.Loaded.Count);
        Assert.True(registry.IsReady);
    }

    [Fact]
    public async Task FindAsync_ManyAtOnce_LoadOnce()
    {
        var loader = new StubLoader(new StubModel());
        await using var registry = Registry(loader, Flowers);

        var lookups = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => registry.FindAsync("flowers", Cancel))));

        Assert.All(lookups, lookup => Assert.NotNull(lookup.Model));
        Assert.Single(loader.Loaded);
        Assert.False((await registry.FindAsync("flowers", Cancel)).HadToWait);
    }

    [Fact]
    public async Task DisposeAsync_WhileLoading_CancelsAndWaits()
    {
        var hasEnded = false;
        using var hasBegun = new ManualResetEventSlim();
        var registry = Registry(new StubLoader((_, _, token) =>
        {
            hasBegun.Set();
            token.WaitHandle.WaitOne();
            hasEnded = true;
            throw new OperationCanceledException(token);
        }), Flowers, Birds);
        registry.Start();
        hasBegun.Wait(Cancel);

        await registry.DisposeAsync();
        await registry.DisposeAsync();

        Assert.True(hasEnded);
    }

    [Fact]
    public void Constructor_InvalidOptions_SaysEverythingAtOnce()
    {
        var options = new ModelStoreOptions
        {
            Models = [Flowers, Flowers, new ModelSource(" ", "")], DefaultModel = "fish", ReadyWait = TimeSpan.FromHours(1), RetryAfter = TimeSpan.Zero,
        };

        var error = Assert.Throws<ArgumentException>(() => new ModelRegistry(options, new StubLoader(new StubModel()), _time, NullLogger<ModelRegistry>.Instance));

        Assert.Equal(
            ["Models:1:Name", "Models:2:Name", "Models:2:Folder", "DefaultModel", "ReadyWait", "RetryAfter"], options.Validate().Select(item => item.Key));
        Assert.All(options.Validate(), item => Assert.Contains(item.ToString(), error.Message, StringComparison.Ordinal));
        Assert.Equal("Models", Assert.Single(new ModelStoreOptions().Validate()).Key);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ModelRegistry Registry(IModelLoader loader, params ModelSource[] sources) =>
        new(new ModelStoreOptions { Models = [.. sources] }, loader, _time, NullLogger<ModelRegistry>.Instance);
}
