using System.Collections.Immutable;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>The folder that holds the buckets.</summary>
/// <param name="Root">
/// The folder: one sub-folder for each bucket, and <c>.pipeline</c> for what belongs to the program. All of it lies on one local file system.
/// </param>
/// <param name="Buckets">The buckets' names; their folders are created.</param>
public sealed record FolderBucketOptions(string Root, ImmutableArray<string> Buckets)
{
    /// <summary>The largest upload that is taken, in bytes. Default 1 GiB, at least 1.</summary>
    public long MaxObjectBytes { get; init; } = 1L << 30;

    /// <summary>How long a file's size and time must stand still before it counts as complete. Default 0.5 s, 10 ms to 1 min.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the whole folder is compared with what is known of it. Default 1 min, 0.1 s to 1 day.</summary>
    public TimeSpan RescanInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one read of an object, or one piece of an upload, may take. Default 30 s, more than 0, at most 1 h.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a change waits for the changes of other processes. Default 5 s, more than 0, at most 10 min.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an upload in pieces may take; then what came of it is removed. Default 1 day, 1 s to 7 days.</summary>
    public TimeSpan UploadLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many uploads in pieces may be unfinished at once. Default 1,000, 1 to 100,000.</summary>
    public int MaxOpenUploads { get; init; } = 1000;

    /// <summary>Everything that is wrong, each with the option's name and what would be right.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Root))
        {
            yield return $"{nameof(Root)} is empty; it must name a folder.";
        }

        if (Buckets.IsDefaultOrEmpty)
        {
            yield return $"{nameof(Buckets)} is empty; at least one bucket is needed.";
        }

        foreach (var bucket in Buckets.IsDefault ? [] : Buckets)
        {
            if (!BucketNames.IsValid(bucket))
            {
                yield return $"{nameof(Buckets)} names '{bucket}'; {BucketNames.Rule}";
            }
        }

        if (!Buckets.IsDefault && Buckets.Distinct(StringComparer.Ordinal).Count() != Buckets.Length)
        {
            yield return $"{nameof(Buckets)} names a bucket twice.";
        }

        if (MaxObjectBytes < 1)
        {
            yield return $"{nameof(MaxObjectBytes)} is {MaxObjectBytes}; it must be at least 1.";
        }

        if (MaxOpenUploads is < 1 or > 100_000)
        {
            yield return $"{nameof(MaxOpenUploads)} is {MaxOpenUploads}; it may be 1 to 100,000.";
        }

        (string Name, TimeSpan Value, TimeSpan Min, TimeSpan Max)[] times =
        [
            (nameof(SettleTime), SettleTime, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            (nameof(RescanInterval), RescanInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1)),
            (nameof(StallTimeout), StallTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)),
            (nameof(BusyTimeout), BusyTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10)),
            (nameof(UploadLifetime), UploadLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)),
        ];
        foreach (var (name, value, min, max) in times)
        {
            if (value < min || value > max)
            {
                yield return $"{name} is {value}; it may be {min} to {max}.";
            }
        }
    }
}
