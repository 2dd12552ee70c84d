using System.Globalization;

namespace Pipeline.Embedded.FolderBucket;

public sealed partial class FolderObjectWriter
{
    /// <summary>Finishes what the catalogue had decided and a killed process had not done: moves, removals, broken uploads.</summary>
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var bucket in _options.Buckets)
        {
            foreach (var path in Directory.EnumerateFiles(_layout.ContentFolder(bucket)).ToArray())
            {
                await RecoverContentAsync(bucket, path, cancellationToken).ConfigureAwait(false);
            }

            var leftovers = await _catalog.ReadAsync(connection => ObjectTables.Leftovers(connection, bucket), cancellationToken).ConfigureAwait(false);
            foreach (var (name, stamp) in leftovers)
            {
                if (_files.FindPlain(bucket, name) is { } plain && plain.Stamp == stamp)
                {
                    File.Delete(plain.Path);
                }

                await ForgetLeftoverAsync(bucket, name).ConfigureAwait(false);
            }
        }
    }

    private async Task RecoverContentAsync(string bucket, string path, CancellationToken cancellationToken)
    {
        var stored = long.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? await _catalog.ReadAsync(connection => ObjectTables.FindGeneration(connection, bucket, generation), cancellationToken).ConfigureAwait(false)
            : null;
        if (stored is null)
        {
            File.Delete(path);
        }
        else if (await MayMoveAsync(stored, cancellationToken).ConfigureAwait(false))
        {
            MoveToPlainName(stored);
        }
    }

    /// <summary>Whether the plain name is free, or holds what this object replaced: not where a person has put a file since.</summary>
    private async Task<bool> MayMoveAsync(StoredObject stored, CancellationToken cancellationToken)
    {
        var (bucket, name, _) = stored.Version;
        var leftover = await _catalog.ReadAsync(connection => ObjectTables.FindLeftover(connection, bucket, name), cancellationToken).ConfigureAwait(false);
        return _files.FindPlain(bucket, name) is not { } plain || plain.Stamp == leftover;
    }
}
