using Pipeline.Worker.Retries;

namespace Pipeline.Worker;

/// <summary>The configuration of this room. Immutable; validated whole by <see cref="Validate"/>.</summary>
public sealed partial record WorkerOptions
{
    /// <value>The buckets. Required: at least one.</value>
    public IReadOnlyList<BucketOptions> Buckets { get; init; } = [];

    /// <value>The rules; the first that matches wins. Required: at least one.</value>
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    /// <value>The largest object, in bytes as stored. Default 20 MiB; 1 to 1 GiB.</value>
    public long MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <value>How long a claim holds without renewal. It is renewed at a fifth of it. Default 60 s; 1 s to 1 h, whole seconds.</value>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <value>A request to the object store, download or lookup, that takes longer is a transient failure. Default 60 s; 1 s to 10 min.</value>
    public TimeSpan DownloadTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <value>A classification that takes longer is a transient failure. Default 2 min; 1 s to 30 min.</value>
    public TimeSpan ClassificationTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <value>The time that is left on shutdown to record an outcome or to give a claim back. Default 5 s; 100 ms to 1 min.</value>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>Uploads worked on at a time. Default 4; 1 to 1,000.</value>
    public int Concurrency { get; init; } = 4;

    /// <value>Uploads that may wait for their turn; more are answered with 503. Default 64; 0 to 100,000.</value>
    public int QueueLength { get; init; } = 64;

    /// <value>What a 503 tells the caller to wait. Default 10 s; 1 s to 1 h.</value>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>Results and tombstones carry <c>expireAt</c>, this long after their last change. Default: none; else 7 days to 10 years.</value>
    public TimeSpan? ResultsExpireAfter { get; init; }

    public RetryOptions Retries { get; init; } = new();

    public SweepOptions Sweep { get; init; } = new();

    public QuotaOptions Quota { get; init; } = new();
}
