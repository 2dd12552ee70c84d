using System.Collections.Immutable;
using System.Globalization;
using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Models.Package;

namespace Pipeline.Worker.ModelStore;

/// <summary>Loads model packages from folders.</summary>
public sealed class PackageModelLoader : IModelLoader
{
    private readonly TimeProvider _timeProvider;
    private readonly bool _warmsUp;
    private AheadOfTime? _ahead;

    /// <param name="warmsUp">False where the first picture comes at once: it then does what warming up would. Default: true.</param>
    public PackageModelLoader(TimeProvider timeProvider, bool warmsUp = true)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
        _warmsUp = warmsUp;
    }

    /// <summary>Begins to compile, on another thread, what every model needs; returns at once.</summary>
    public static void Prepare(TimeProvider timeProvider) => CodePreparation.StartAsync(timeProvider);

    /// <summary>
    /// Begins, on another thread, to load the version of a model that would be served now, for whoever loads it first; returns at once. On a machine of one
    /// processor nothing is done: there it would only delay what else is started.
    /// </summary>
    public void LoadAhead(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Environment.ProcessorCount > 1)
        {
            _ahead = new AheadOfTime(this, source);
        }
    }

    public ImmutableArray<ModelCandidate> Look(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ModelFolders.Find(source);
    }

    /// <remarks>A sub-folder's number is the version, whatever the manifest says: it is what the owner counts by.</remarks>
    public IServedModel Load(ModelSource source, ModelCandidate candidate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(candidate);
        var model = TakeAhead(source, candidate) ?? ModelPackage.Load(candidate.Folder, _timeProvider, cancellationToken);
        if (candidate.Version is not { } version)
        {
            return new PackagedModel(model, model.Facts, _warmsUp);
        }

        var number = Path.GetFileName(candidate.Folder);
        return new PackagedModel(
            model,
            model.Facts with
            {
                Name = model.Facts.Name == number ? source.Name : model.Facts.Name,
                Version = version.ToString(CultureInfo.InvariantCulture),
            },
            _warmsUp);
    }

    private LoadedModel? TakeAhead(ModelSource source, ModelCandidate candidate) =>
        _ahead is { } ahead && ahead.Source == source && Interlocked.CompareExchange(ref _ahead, null, ahead) == ahead ? ahead.Take(candidate) : null;

    /// <summary>A model that is being loaded for the first who wants it.</summary>
    private sealed class AheadOfTime(PackageModelLoader loader, ModelSource source)
    {
        private readonly Task<(ModelCandidate? Candidate, LoadedModel? Model)> _load = Task.Factory.StartNew(
            () => Load(loader, source), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        public ModelSource Source => source;

        /// <summary>Waits for the model; null where it is another one, or could not be loaded: whoever loads it then finds out why.</summary>
        public LoadedModel? Take(ModelCandidate candidate)
        {
            var (loaded, model) = _load.GetAwaiter().GetResult();
            return loaded == candidate ? model : null;
        }

        private static (ModelCandidate? Candidate, LoadedModel? Model) Load(PackageModelLoader loader, ModelSource source)
        {
#pragma warning disable CA1031 // Nobody waits here who could be told; the load that counts meets the same error.
            try
            {
                var candidate = loader.Look(source).FirstOrDefault();
                return candidate is null ? default : (candidate, ModelPackage.Load(candidate.Folder, loader._timeProvider, CancellationToken.None));
            }
            catch (Exception)
            {
                return default;
            }
#pragma warning restore CA1031
        }
    }

    private sealed class PackagedModel(LoadedModel model, ModelFacts facts, bool warmsUp) : IServedModel
    {
        private LoadedModel? _model = model;

        public ModelFacts Facts { get; } = facts;

        private LoadedModel Model => _model ?? throw new ObjectDisposedException(Facts.Name);

        public Prediction Classify(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken) =>
            Model.Classify(file, limits, cancellationToken);

        public PixelBuffer<byte> Look(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken) =>
            Model.Look(file, limits, cancellationToken);

        public void WarmUp(CancellationToken cancellationToken)
        {
            if (warmsUp)
            {
                Model.WarmUp(cancellationToken);
            }
        }

        // The weights are managed memory: what nobody refers to any more is collected.
        public void Dispose() => _model = null;
    }
}
