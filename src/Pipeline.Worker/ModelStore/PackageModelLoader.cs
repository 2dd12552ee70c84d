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

    /// <param name="warmsUp">False where the first picture comes at once: it then does what warming up would. Default: true.</param>
    public PackageModelLoader(TimeProvider timeProvider, bool warmsUp = true)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
        _warmsUp = warmsUp;
    }

    /// <summary>Begins to compile, on another thread, what every model needs; returns at once.</summary>
    public static void Prepare(TimeProvider timeProvider) => CodePreparation.StartAsync(timeProvider);

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
        var model = ModelPackage.Load(candidate.Folder, _timeProvider, cancellationToken);
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
