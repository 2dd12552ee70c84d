using Pipeline.Imaging.Decoding;
using Pipeline.Models.Package;

namespace Pipeline.Worker.ModelStore;

/// <summary>Loads model packages from folders.</summary>
public sealed class PackageModelLoader : IModelLoader
{
    private readonly TimeProvider _timeProvider;

    public PackageModelLoader(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
    }

    public IServedModel Load(ModelSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PackagedModel(ModelPackage.Load(source.Folder, _timeProvider, cancellationToken));
    }

    private sealed class PackagedModel(LoadedModel model) : IServedModel
    {
        public ModelFacts Facts => model.Facts;

        public Prediction Classify(ReadOnlyMemory<byte> file, DecodeLimits limits, CancellationToken cancellationToken) =>
            model.Classify(file, limits, cancellationToken);

        public void WarmUp(CancellationToken cancellationToken) => model.WarmUp(cancellationToken);
    }
}
