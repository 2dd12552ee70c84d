using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Firebase.CloudStorage;
using Pipeline.Hosting.Startup;
using Pipeline.Worker;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Retries;

namespace Pipeline.Functions.Configuration;

internal sealed partial record PipelineSettings
{
    private const string DefaultBucket = "uploads";
    private const string DefaultData = "data";
    private const string DefaultModelFolder = "model";
    private const string DefaultModelName = "default";
    private const string NewestVersion = "latest";

    /// <summary>The ledger asks a locked store several times before an event is answered with 503.</summary>
    private static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(2);

    /// <summary>With the drain time less than the ten seconds after which the platform kills.</summary>
    private static readonly TimeSpan DefaultShutdownTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Reads everything. What cannot be read is noted in the reader, with its key.</summary>
    /// <param name="programFolder">Where the program lies: relative folders of models begin there.</param>
    /// <param name="google">What the environment says of Google's services.</param>
    public static PipelineSettings Read(ConfigurationReader reader, string programFolder, GoogleEnvironment google)
    {
        var worker = ReadWorker(reader);
        var callers = ReadCallers(reader, google);
        return new PipelineSettings(
            worker,
            ReadClassification(reader, worker),
            ReadModels(reader, programFolder),
            ReadDocuments(reader),
            ReadBucket(reader, worker),
            ReadEndpoint(reader),
            ReadStorage(reader, google),
            HasObjectsInCloud(reader, google),
            ReadFirestore(reader, google),
            callers,
            ReadUsers(reader, google, callers),
            ReadWarmUp(reader));
    }

    private static WorkerOptions ReadWorker(ConfigurationReader reader)
    {
        var defaults = new WorkerOptions();
        return new WorkerOptions
        {
            Buckets = ReadBuckets(reader),
            Rules = ReadRules(reader),
            MaxBytes = reader.Integer("Limits:MaxBytes", defaults.MaxBytes, 1, long.MaxValue),
            Lease = reader.Duration("Lease", defaults.Lease),
            DownloadTimeout = reader.Duration("DownloadTimeout", defaults.DownloadTimeout),
            ClassificationTimeout = reader.Duration("ClassificationTimeout", defaults.ClassificationTimeout),
            ShutdownTimeout = reader.Duration("ShutdownTimeout", DefaultShutdownTimeout),
            Concurrency = Count(reader, "Concurrency", defaults.Concurrency),
            QueueLength = Count(reader, "QueueLength", defaults.QueueLength),
            RetryAfter = reader.Duration("RetryAfter", defaults.RetryAfter),
            ResultsExpireAfter = reader.OptionalDuration("ResultsExpireAfter"),
            Retries = ReadRetries(reader),
            Sweep = ReadSweep(reader),
            Quota = new QuotaOptions
            {
                Requests = Count(reader, "Quota:Requests", defaults.Quota.Requests),
                Window = reader.Duration("Quota:Window", defaults.Quota.Window),
                Collection = reader.Text("Quota:Collection", defaults.Quota.Collection),
            },
        };
    }

    private static List<BucketOptions> ReadBuckets(ConfigurationReader reader)
    {
        var buckets = reader.Elements("Buckets").Select(key => new BucketOptions
        {
            Bucket = reader.Text($"{key}:Bucket", string.Empty),
            Results = reader.OptionalText($"{key}:Results"),
            DeadLetters = reader.OptionalText($"{key}:DeadLetters"),
        }).ToList();
        return buckets.Count > 0 ? buckets : [new BucketOptions { Bucket = DefaultBucket }];
    }

    private static List<RuleOptions> ReadRules(ConfigurationReader reader)
    {
        var defaults = new RuleOptions();
        var rules = reader.Elements("Rules").Select(key => new RuleOptions
        {
            Bucket = reader.Text($"{key}:Bucket", defaults.Bucket),
            Match = reader.Text($"{key}:Match", defaults.Match),
            Types = [.. reader.Elements($"{key}:Types").Select(type => reader.Text(type, string.Empty))],
            Model = reader.OptionalText($"{key}:Model"),
            Document = reader.OptionalText($"{key}:Document"),
            Field = reader.Text($"{key}:Field", defaults.Field),
            Create = reader.Boolean($"{key}:Create", defaults.Create),
        }).ToList();
        return rules.Count > 0 ? rules : [new RuleOptions { Match = "users/{uid}/**" }, new RuleOptions { Match = "**" }];
    }

    private static RetryOptions ReadRetries(ConfigurationReader reader)
    {
        var defaults = new RetryOptions();
        return new RetryOptions
        {
            FirstDelay = reader.Duration("Retries:FirstDelay", defaults.FirstDelay),
            LargestDelay = reader.Duration("Retries:LargestDelay", defaults.LargestDelay),
            Jitter = reader.Number("Retries:Jitter", defaults.Jitter, 0, 1),
            MaxAttempts = Count(reader, "Retries:MaxAttempts", defaults.MaxAttempts),
            ConfigurationDelay = reader.Duration("Retries:ConfigurationDelay", defaults.ConfigurationDelay),
            ConfigurationLimit = reader.Duration("Retries:ConfigurationLimit", defaults.ConfigurationLimit),
        };
    }

    private static SweepOptions ReadSweep(ConfigurationReader reader)
    {
        var defaults = new SweepOptions();
        return new SweepOptions
        {
            PageSize = Count(reader, "Sweep:PageSize", defaults.PageSize),
            Concurrency = Count(reader, "Sweep:Concurrency", defaults.Concurrency),
            MaxItems = Count(reader, "Sweep:MaxItems", defaults.MaxItems),
            StartWithin = reader.Duration("Sweep:StartWithin", defaults.StartWithin),
            StopAfter = reader.Duration("Sweep:StopAfter", defaults.StopAfter),
        };
    }

    private static ClassificationOptions ReadClassification(ConfigurationReader reader, WorkerOptions worker)
    {
        var defaults = new ClassificationOptions();
        return defaults with
        {
            MaxBytes = worker.MaxBytes,
            MaxConcurrency = Count(reader, "Limits:Concurrency", defaults.MaxConcurrency),
            MaxTime = reader.Duration("Limits:MaxTime", defaults.MaxTime),
            MaxPixels = reader.Integer("Limits:MaxPixels", defaults.MaxPixels, 1, int.MaxValue),
            MaxSide = Count(reader, "Limits:MaxSide", defaults.MaxSide),
            MaxDecodeMemory = reader.Integer("Limits:MaxDecodeMemory", defaults.MaxDecodeMemory, 1, long.MaxValue),
            MaxDecodeTime = reader.Duration("Limits:MaxDecodeTime", defaults.MaxDecodeTime),
        };
    }

    private static ModelStoreOptions ReadModels(ConfigurationReader reader, string programFolder)
    {
        var defaults = new ModelStoreOptions();
        var models = reader.Elements("Models").Select(key => new ModelSource(
            reader.Text($"{key}:Name", string.Empty),
            ReadFolder(reader, $"{key}:Folder", programFolder),
            reader.Boolean($"{key}:Required", true),
            ReadVersion(reader, $"{key}:Version"))).ToList();
        return defaults with
        {
            Models = models.Count == 0 ? [new ModelSource(DefaultModelName, Path.Combine(programFolder, DefaultModelFolder))] : models,
            DefaultModel = reader.OptionalText("DefaultModel"),
            ReadyWait = reader.Duration("ModelReadyWait", defaults.ReadyWait),
            RetryAfter = reader.Duration("ModelRetryAfter", defaults.RetryAfter),
            PollInterval = reader.Duration("ModelPollInterval", defaults.PollInterval),
            SettleTime = reader.Duration("ModelSettleTime", defaults.SettleTime),
        };
    }

    private static string ReadFolder(ConfigurationReader reader, string key, string programFolder)
    {
        var folder = reader.OptionalText(key) ?? string.Empty;
        return folder.Length == 0 || CloudFolder.IsMeant(folder) ? folder : Path.GetFullPath(folder, programFolder);
    }

    private static long? ReadVersion(ConfigurationReader reader, string key) =>
        reader.OptionalText(key) is null or NewestVersion ? null : reader.Integer(key, 0, 0, long.MaxValue);

    private static SqliteDocumentStoreOptions ReadDocuments(ConfigurationReader reader)
    {
        var defaults = new SqliteDocumentStoreOptions(reader.Text("Embedded:Documents", Path.Combine(DataFolder(reader), "documents.db")));
        return defaults with
        {
            BusyTimeout = reader.Duration("Embedded:BusyTimeout", DefaultBusyTimeout),
            HistoryLimit = Count(reader, "Embedded:HistoryLimit", defaults.HistoryLimit),
        };
    }

    private static FolderBucketOptions ReadBucket(ConfigurationReader reader, WorkerOptions worker)
    {
        var defaults = new FolderBucketOptions(
            reader.Text("Embedded:Folder", Path.Combine(DataFolder(reader), "buckets")), [.. worker.Buckets.Select(bucket => bucket.Bucket)]);
        return defaults with
        {
            StallTimeout = reader.Duration("Embedded:StallTimeout", defaults.StallTimeout),
            BusyTimeout = reader.Duration("Embedded:BusyTimeout", DefaultBusyTimeout),
            MaxObjectBytes = reader.Integer("Embedded:MaxObjectBytes", defaults.MaxObjectBytes, 1, long.MaxValue),
            MaxOpenUploads = Count(reader, "Embedded:MaxOpenUploads", defaults.MaxOpenUploads),
            UploadLifetime = reader.Duration("Embedded:UploadLifetime", defaults.UploadLifetime),
            RescanInterval = reader.Duration("Embedded:RescanInterval", defaults.RescanInterval),
            SettleTime = reader.Duration("Embedded:SettleTime", defaults.SettleTime),
        };
    }

    private static string DataFolder(ConfigurationReader reader) => reader.Text("Embedded:Data", DefaultData);

    private static int Count(ConfigurationReader reader, string key, int defaultValue) =>
        (int)reader.Integer(key, defaultValue, int.MinValue, int.MaxValue);
}
