using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Pipeline.Worker.Classification;

namespace Pipeline.Worker.ModelStore;

/// <summary>
/// The models of the configuration by name. They are loaded and warmed in the background, one after the other; one that fails leaves the others
/// and the process alone, and is loaded again when it is asked for after a while. Where <see cref="WatchAsync"/> runs, newer versions take the place
/// of those in memory while requests go on. Safe for concurrent use.
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
    private readonly CancellationToken _stop;
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
        _stop = _stopping.Token;
        _slots = options.Models.ToImmutableDictionary(
            source => source.Name, source => new ModelSlot(source, LoadAsync, options.RetryAfter, timeProvider), StringComparer.Ordinal);
        DefaultModel = options.DefaultModel ?? options.Models[0].Name;
    }

    /// <summary>The model of a rule that names none.</summary>
    public string DefaultModel { get; }

    /// <summary>Whether every required model is loaded and warmed.</summary>
    public bool IsReady => _slots.Values.All(slot => !slot.Source.IsRequired || slot.IsFilled);

    /// <summary>All models in the order of the configuration.</summary>
    public ImmutableArray<ModelStatus> Statuses => [.. _options.Models.Select(source => _slots[source.Name].Status)];

    /// <summary>All models as operators see them, in the order of the configuration.</summary>
    public ImmutableArray<ModelOverview> Overview =>
    [
        .. Statuses.Select(status => new ModelOverview(
            status.Source,
            status.Source.Name == DefaultModel,
            status.State,
            status.Facts is { } facts ? ModelIdentity.Of(facts, arm: null) : null,
            status.Reason,
            status.Serving,
            status.Update)),
    ];

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
    /// <returns>To be disposed when the model is no longer used.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; loading goes on.</exception>
    public async Task<ModelLookup> FindAsync(string? name, CancellationToken cancellationToken)
    {
        var wanted = name ?? DefaultModel;
        if (!_slots.TryGetValue(wanted, out var slot))
        {
            return new ModelLookup(ModelFailure.NotConfigured(wanted), hadToWait: false);
        }

        if (slot.TryUse(hadToWait: false) is { } ready)
        {
            return ready;
        }

        var load = slot.Load();
        var hasToWait = !load.IsCompleted;
        try
        {
            var failure = await load.WaitAsync(_options.ReadyWait, _timeProvider, cancellationToken);
            return slot.TryUse(hasToWait) ?? new ModelLookup(failure ?? ModelFailure.StillLoading(wanted), hasToWait);
        }
        catch (TimeoutException)
        {
            return slot.TryUse(hadToWait: true) ?? new ModelLookup(ModelFailure.StillLoading(wanted), hadToWait: true);
        }
    }

    /// <summary>Stops loading, waits until it has ended, and lets go of the models; those in use end with their last request.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _stopping.Cancel();
        await Task.WhenAll(_slots.Values.Select(slot => slot.FirstLoad).OfType<Task>());
        foreach (var slot in _slots.Values)
        {
            slot.Empty();
        }

        _stopping.Dispose();
    }
}
