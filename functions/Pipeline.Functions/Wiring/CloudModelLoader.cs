using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pipeline.Firebase.CloudStorage;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Wiring;

/// <summary>
/// Loads models from folders, and those of <c>gs://bucket/prefix</c> from a copy in a folder of this process, which is brought up to date each time somebody
/// looks. All versions below the prefix are copied.
/// </summary>
internal sealed class CloudModelLoader : IModelLoader, IDisposable
{
    private readonly IModelLoader _inner;
    private readonly CloudStorage _storage;
    private readonly Lazy<string> _root = new(static () => Directory.CreateTempSubdirectory("pipeline-models-").FullName);
    private readonly ConcurrentDictionary<string, Lazy<(CloudStorageMirror Mirror, string Folder)>> _mirrors = new(StringComparer.Ordinal);

    public CloudModelLoader(IModelLoader inner, CloudStorage storage)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(storage);
        _inner = inner;
        _storage = storage;
    }

    public ImmutableArray<ModelCandidate> Look(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (CloudFolder.Parse(source.Folder) is not { } place)
        {
            return _inner.Look(source);
        }

        var (mirror, folder) = MirrorOf(place);
        try
        {
            // The port is synchronous, and called on a thread that may wait.
            if (mirror.UpdateAsync(CancellationToken.None).GetAwaiter().GetResult() == 0)
            {
                throw new DirectoryNotFoundException($"{place}: there is no object whose name begins so; a model package was expected.");
            }
        }
        catch (ObjectStoreException exception)
        {
            throw new IOException($"{place}: {exception.Message}", exception);
        }

        return _inner.Look(source with { Folder = folder });
    }

    public IServedModel Load(ModelSource source, ModelCandidate candidate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return _inner.Load(
            CloudFolder.Parse(source.Folder) is { } place ? source with { Folder = MirrorOf(place).Folder } : source, candidate, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var mirror in _mirrors.Values.Where(static mirror => mirror.IsValueCreated))
        {
            mirror.Value.Mirror.Dispose();
        }

        if (_root.IsValueCreated && Directory.Exists(_root.Value))
        {
            Directory.Delete(_root.Value, recursive: true);
        }
    }

    private (CloudStorageMirror Mirror, string Folder) MirrorOf(CloudFolder place) => _mirrors.GetOrAdd($"{place}", _ => new(() =>
    {
        var folder = Path.Combine(_root.Value, Path.GetRandomFileName(), "model");
        return (new CloudStorageMirror(_storage.Store, place, folder), folder);
    })).Value;
}
