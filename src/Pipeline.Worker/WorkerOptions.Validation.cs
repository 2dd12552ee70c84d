using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker;

public sealed partial record WorkerOptions
{
    /// <summary>Everything that is wrong; empty where the options are valid.</summary>
    public IReadOnlyList<OptionError> Validate() => Check();

    /// <summary>What is allowed, by key, for the options that have a range.</summary>
    public IReadOnlyDictionary<string, string> Ranges() => Check().Ranges;

    private OptionCheck Check()
    {
        var errors = new OptionCheck();
        ValidateBuckets(errors);
        ValidateRules(errors);
        errors.Range(nameof(MaxBytes), MaxBytes, 1, 1L << 30);
        errors.Range(nameof(Lease), Lease, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        if (Lease.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            errors.Add(new OptionError(nameof(Lease), $"{Lease.ToShortText()} is not a whole number of seconds."));
        }

        errors.Range(nameof(DownloadTimeout), DownloadTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        errors.Range(nameof(ClassificationTimeout), ClassificationTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30));
        errors.Range(nameof(ShutdownTimeout), ShutdownTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.Range(nameof(Concurrency), Concurrency, 1, 1000);
        errors.Range(nameof(QueueLength), QueueLength, 0, 100_000);
        errors.Range(nameof(RetryAfter), RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        errors.Range(nameof(ResultsExpireAfter), ResultsExpireAfter ?? TimeSpan.FromDays(7), TimeSpan.FromDays(7), TimeSpan.FromDays(3660));

        Retries.Validate(nameof(Retries), errors);
        Sweep.Validate(nameof(Sweep), errors);
        Quota.Validate(nameof(Quota), errors);
        return errors;
    }

    private void ValidateBuckets(OptionCheck errors)
    {
        if (Buckets.Count == 0)
        {
            errors.Add(new OptionError(nameof(Buckets), "no bucket is configured; at least one is needed."));
        }

        var buckets = new HashSet<string>(StringComparer.Ordinal);
        var collections = new HashSet<string>(StringComparer.Ordinal) { Quota.Collection };
        for (var index = 0; index < Buckets.Count; index++)
        {
            var (key, bucket) = ($"{nameof(Buckets)}:{index}", Buckets[index]);
            if (string.IsNullOrWhiteSpace(bucket.Bucket) || bucket.Bucket == "*" || !buckets.Add(bucket.Bucket))
            {
                errors.Add(new OptionError($"{key}:{nameof(bucket.Bucket)}", $"'{bucket.Bucket}' must be a bucket's name that no other entry has."));
            }

            var pair = CollectionPair.Of(this)[index];
            CheckCollection($"{key}:{nameof(bucket.Results)}", pair.Results);
            CheckCollection($"{key}:{nameof(bucket.DeadLetters)}", pair.DeadLetters);
        }

        void CheckCollection(string key, string collection)
        {
            if (collection.Length == 0)
            {
                errors.Add(new OptionError(key, "with more than one bucket, every collection must be named."));
            }
            else if (!DocumentRequests.IsCollection(collection))
            {
                errors.Add(new OptionError(key, $"'{collection}' is no collection's path: an odd number of valid ids joined by '/'."));
            }
            else if (!collections.Add(collection))
            {
                errors.Add(new OptionError(key, $"'{collection}' is used twice; every collection must be distinct."));
            }
        }
    }

    private void ValidateRules(OptionCheck errors)
    {
        if (Rules.Count == 0)
        {
            errors.Add(new OptionError(nameof(Rules), "no rule is configured; at least one is needed."));
        }

        var own = CollectionPair.Of(this).SelectMany(static pair => new[] { pair.Results, pair.DeadLetters }).Append(Quota.Collection).ToArray();
        for (var index = 0; index < Rules.Count; index++)
        {
            var (key, options) = ($"{nameof(Rules)}:{index}", Rules[index]);
            if (options.Bucket != "*" && Buckets.All(bucket => bucket.Bucket != options.Bucket))
            {
                errors.Add(new OptionError($"{key}:{nameof(options.Bucket)}", $"'{options.Bucket}' is not among the configured buckets."));
            }

            if (options.Model?.Length == 0)
            {
                errors.Add(new OptionError($"{key}:{nameof(options.Model)}", "the model's name is empty; leave it out for the default model."));
            }

            var rule = UploadRules.Rule.Parse(options, key, errors);
            if (own.FirstOrDefault(collection => rule.Document?.MayLieIn(collection) == true) is { } taken)
            {
                errors.Add(new OptionError(
                    $"{key}:{nameof(options.Document)}", $"'{options.Document}' may lie in '{taken}', a collection of the worker's own."));
            }
        }
    }
}
