using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>
/// Keeps a folder of this machine equal to one of Cloud Storage. Every file is whole and checked before it takes its place; what has not changed is not
/// read again. The folder must be the mirror's own: whatever else lies there is removed.
/// </summary>
public sealed class CloudStorageMirror : IDisposable
{
    /// <summary>How many objects may lie there.</summary>
    public const int MaxFiles = 10_000;

    private const string Incoming = ".incoming";

    private readonly CloudStorageObjectStore _store;
    private readonly CloudFolder _source;
    private readonly string _folder;
    private readonly Dictionary<string, long> _generations = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="folder">An absolute path. It is made where there is none.</param>
    public CloudStorageMirror(CloudStorageObjectStore store, CloudFolder source, string folder)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _store = store;
        _source = source;
        _folder = folder;
    }

    /// <value>How many bytes may lie there. Default 4 GiB.</value>
    public long MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Fetches what is new, and removes what is gone.</summary>
    /// <returns>How many files there are now.</returns>
    /// <exception cref="ObjectStoreException">Cloud Storage does not give it, or it is too large, or a name is no path of a file.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task<int> UpdateAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var objects = await _store.ListAsync(_source.Bucket, _source.Prefix + "/", MaxFiles, cancellationToken);
            var files = objects.Where(static found => !found.Version.Name.EndsWith('/')).ToDictionary(found => PathOf(found.Version), StringComparer.Ordinal);
            if (files.Values.Sum(static found => (decimal)found.Size) > MaxBytes)
            {
                throw new ObjectStoreException(ObjectStoreError.TooLarge, _source.Bucket, _source.Prefix, $"its objects have more than {MaxBytes} bytes together.");
            }

            Directory.CreateDirectory(_folder);
            foreach (var (path, found) in files)
            {
                if (_generations.GetValueOrDefault(path) != found.Version.Generation || !File.Exists(path))
                {
                    await FetchAsync(path, found, cancellationToken);
                }
            }

            RemoveOthers(files.Keys);
            return files.Count;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task FetchAsync(string path, ObjectMetadata found, CancellationToken cancellationToken)
    {
        var content = await _store.DownloadAsync(found.Version, found.Size, cancellationToken);
        var incoming = Path.Combine(_folder, Incoming);
        await File.WriteAllBytesAsync(incoming, content, cancellationToken);
        File.SetLastWriteTimeUtc(incoming, found.Updated.UtcDateTime);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(incoming, path, overwrite: true);
        _generations[path] = found.Version.Generation;
    }

    private void RemoveOthers(IEnumerable<string> paths)
    {
        var kept = paths.ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(path => !kept.Contains(path)).ToArray())
        {
            File.Delete(path);
            _generations.Remove(path);
        }

        foreach (var folder in Directory.EnumerateDirectories(_folder, "*", SearchOption.AllDirectories).OrderByDescending(static folder => folder.Length).ToArray())
        {
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }

    /// <summary>Where an object's file is. A name is anybody's text: only one that stays within the folder is taken.</summary>
    private string PathOf(ObjectVersion version)
    {
        var segments = version.Name[(_source.Prefix.Length + 1)..].Split('/');
        return segments.All(IsFileName)
            ? Path.Combine([_folder, .. segments])
            : throw new ObjectStoreException(ObjectStoreError.PermissionDenied, version.Bucket, version.Name, "its name is no path of a file.");
    }

    private static bool IsFileName(string segment) =>
        segment is not ("" or "." or ".." or Incoming)
        && segment.IndexOfAny(Path.GetInvalidFileNameChars()) < 0
        && !segment.Contains('\\', StringComparison.Ordinal);
}
