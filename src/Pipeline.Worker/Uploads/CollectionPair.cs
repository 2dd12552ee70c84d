using System.Collections.Immutable;

namespace Pipeline.Worker.Uploads;

/// <summary>The collections of one bucket.</summary>
public sealed record CollectionPair(string Bucket, string Results, string DeadLetters)
{
    /// <summary>The pairs of a configuration, with the defaults that hold where there is one bucket.</summary>
    internal static ImmutableArray<CollectionPair> Of(WorkerOptions options) => options.Buckets.Count == 1
        ? [new CollectionPair(options.Buckets[0].Bucket, options.Buckets[0].Results ?? "classifications", options.Buckets[0].DeadLetters ?? "deadLetters")]
        : [.. options.Buckets.Select(static bucket => new CollectionPair(bucket.Bucket, bucket.Results ?? "", bucket.DeadLetters ?? ""))];
}
