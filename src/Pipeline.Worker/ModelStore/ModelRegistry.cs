using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Pipeline.Worker.ModelStore;

/// <summary>
/// The models of the configuration by name. They are loaded and warmed in the background, one after the other; one that fails leaves the others
/// and the process alone, and is loaded again when it is asked for after a while. Safe for concurrent use.
/// </summary>
public sealed partial class ModelRegistry : IAsyncDisposable
{
    private readonly ModelStoreOptions _options;
    private readonly IModelLoader _loader;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ImmutableDictionary<string, ModelSlot> _slots;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private bool _isDisposed;

    /// <exception cref="ArgumentException">The options are not valid; everything that is wrong.</exception>
    public ModelRegistry(ModelStoreOptions options, IModelLoader loader, TimeProvider timeProvider, ILogger<ModelRegistry> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loader);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(logger);
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _options = options;
        _loader = loader;
        _timeProvider = timeProvider;
        _logger = logger;
        _slots = options.Models.ToImmutableDictionary(
            source => source.Name, source => new ModelSlot(source, LoadAsync, options.RetryAfter, timeProvider), StringComparer.Ordinal);
        DefaultModel = options.DefaultModel ?? options.Models[0].Name;
    }

    /// <summary>The model of a rule that names none.</summary>
    public string DefaultModel { get; }

    /// <summary>Whether every required model is loaded and warmed.</summary>
    public bool IsReady => _slots.Values.All(slot => !slot.Source.IsRequired || StatusOf(slot).State == ModelState.Ready);

    /// <summary>All models in the order of the configuration.</summary>
    public ImmutableArray<ModelStatus> Statuses => [.. _options.Models.Select(source => StatusOf(_slots[source.Name]))];

    /// <summary>Begins to load all models; returns at once.</summary>
    public void Start()
    {
        foreach (var source in _options.Models)
        {
            _slots[source.Name].Load();
        }
    }

    /// <summary>Looks up a model; waits for one that is being loaded, as long as the options allow.</summary>
    /// <param name="name">Null for the default model.</param>
    /// <exception cref="OperationCanceledException">Cancelled; loading goes on.</exception>
    public async Task<ModelLookup> FindAsync(string? name, CancellationToken cancellationToken)
    {
        var wanted = name ?? DefaultModel;
        if (!_slots.TryGetValue(wanted, out var slot))
        {
            return new ModelLookup(null, ModelFailure.NotConfigured(wanted), HadToWait: false);
        }

        var load = slot.Load();
        if (load.IsCompletedSuccessfully)
        {
            return await load;
        }

        try
        {
            var result = await load.WaitAsync(_options.ReadyWait, _timeProvider, cancellationToken);
            return result with { HadToWait = true };
        }
        catch (TimeoutException)
        {
            return new ModelLookup(null, ModelFailure.StillLoading(wanted), HadToWait: true);
        }
    }

    /// <summary>Stops loading and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _stopping.Cancel();
        await Task.WhenAll(_slots.Values.Select(slot => slot.Current).OfType<Task<ModelLookup>>());
        _stopping.Dispose();
        _oneAtATime.Dispose();
    }

    private static ModelStatus StatusOf(ModelSlot slot) => slot.Current switch
    {
        null => new ModelStatus(slot.Source, ModelState.Waiting, null, null),
        { IsCompletedSuccessfully: true, Result: { Model: { } model } } => new ModelStatus(slot.Source, ModelState.Ready, model.Facts, null),
        { IsCompletedSuccessfully: true, Result: { Failure: { } failure } } => new ModelStatus(slot.Source, ModelState.Failed, null, failure.Detail),
        _ => new ModelStatus(slot.Source, ModelState.Loading, null, null),
    };

    private async Task<ModelLookup> LoadAsync(ModelSource source)
    {
#pragma warning disable CA1031 // Whatever is wrong with one model must leave the process and the other models alone.
        try
        {
            await _oneAtATime.WaitAsync(_stopping.Token);
            try
            {
                return new ModelLookup(LoadAndWarm(source), null, HadToWait: false);
            }
            finally
            {
                _oneAtATime.Release();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return new ModelLookup(null, ModelFailure.StillLoading(source.Name), HadToWait: false);
        }
        catch (Exception error)
        {
            Log.Failed(_logger, error, source.Name, source.Folder);
            return new ModelLookup(null, ModelFailure.Of(source.Name, error), HadToWait: false);
        }
#pragma warning restore CA1031
    }

    private IServedModel LoadAndWarm(ModelSource source)
    {
        var start = _timeProvider.GetTimestamp();
        var model = _loader.Load(source, _stopping.Token);
        var loaded = _timeProvider.GetTimestamp();
        model.WarmUp(_stopping.Token);
        Log.Ready(
            _logger,
            source.Name,
            model.Facts.Version,
            model.Facts.Sha256,
            _timeProvider.GetElapsedTime(start, loaded).TotalMilliseconds,
            _timeProvider.GetElapsedTime(loaded).TotalMilliseconds);
        return model;
    }
}
