using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;

namespace Pipeline.Worker.Tests;

public sealed class WorkerOptionsTests
{
    private static readonly WorkerOptions Good = WorkerFixture.DefaultOptions;

    [Fact]
    public void Validate_Defaults_NeedOnlyABucketAndARule()
    {
        Assert.Empty(Good.Validate());
        Assert.Equal(["Buckets", "Rules"], new WorkerOptions().Validate().Select(static error => error.Key));
    }

    public static TheoryData<string, WorkerOptions> Wrong => new()
    {
        { "Buckets:0:Bucket", Good with { Buckets = [new BucketOptions { Bucket = "" }] } },
        { "Buckets:0:Bucket", Good with { Buckets = [new BucketOptions { Bucket = "*" }] } },
        { "Buckets:0:Results", Good with { Buckets = [new BucketOptions { Bucket = "a", Results = "x/y" }] } },
        { "Buckets:0:Results", Good with { Buckets = [new BucketOptions { Bucket = "a", Results = "__x__" }] } },
        { "Buckets:0:DeadLetters", Good with { Buckets = [new BucketOptions { Bucket = "a", Results = "x", DeadLetters = "x" }] } },
        { "Buckets:0:Results", Good with { Buckets = [new BucketOptions { Bucket = "a", Results = "classificationQuotas" }] } },
        { "Buckets:1:Bucket", Good with { Buckets = [Pair("a", "r", "d"), Pair("a", "r2", "d2")] } },
        { "Buckets:1:Results", Good with { Buckets = [Pair("a", "r", "d"), Pair("b", "r", "d2")] } },
        { "Buckets:1:DeadLetters", Good with { Buckets = [Pair("a", "r", "d"), Pair("b", "r2", null)] } },
        { "Rules:0:Bucket", Good with { Rules = [new RuleOptions { Match = "a", Bucket = "other" }] } },
        { "Rules:0:Match", Good with { Rules = [new RuleOptions()] } },
        { "Rules:0:Match", Good with { Rules = [new RuleOptions { Match = "a/*.jpg" }] } },
        { "Rules:0:Types", Good with { Rules = [new RuleOptions { Match = "a", Types = ["image"] }] } },
        { "Rules:0:Model", Good with { Rules = [new RuleOptions { Match = "a", Model = "" }] } },
        { "Rules:0:Document", Document("{uid}/x", "users") },
        { "Rules:0:Document", Document("{uid}/x", "users/{other}") },
        { "Rules:0:Document", Document("{uid}/x", "users/a{uid}") },
        { "Rules:0:Document", Document("{uid}/x", "users/..") },
        { "Rules:0:Document", Document("{uid}/x", "projects/p/databases/other/documents/users/{uid}/x") },
        { "Rules:0:Document", Document("{uid}/x", "classifications/{uid}") },
        { "Rules:0:Document", Document("{a}/{b}", "{a}/{b}") },
        { "Rules:0:Field", Document("{uid}/x", "users/{uid}", "a..b") },
        { "Rules:0:Field", Document("{uid}/x", "users/{uid}", "__a__") },
        { "MaxBytes", Good with { MaxBytes = 0 } },
        { "Lease", Good with { Lease = TimeSpan.Zero } },
        { "Lease", Good with { Lease = TimeSpan.FromSeconds(1.5) } },
        { "DownloadTimeout", Good with { DownloadTimeout = TimeSpan.FromHours(1) } },
        { "ClassificationTimeout", Good with { ClassificationTimeout = TimeSpan.Zero } },
        { "ShutdownTimeout", Good with { ShutdownTimeout = TimeSpan.Zero } },
        { "Concurrency", Good with { Concurrency = 0 } },
        { "QueueLength", Good with { QueueLength = -1 } },
        { "RetryAfter", Good with { RetryAfter = TimeSpan.Zero } },
        { "ResultsExpireAfter", Good with { ResultsExpireAfter = TimeSpan.FromDays(6.9) } },
        { "Retries:FirstDelay", Good with { Retries = new RetryOptions { FirstDelay = TimeSpan.FromHours(1) } } },
        { "Retries:LargestDelay", Good with { Retries = new RetryOptions { LargestDelay = TimeSpan.FromDays(2) } } },
        { "Retries:Jitter", Good with { Retries = new RetryOptions { Jitter = double.NaN } } },
        { "Retries:Jitter", Good with { Retries = new RetryOptions { Jitter = 1.1 } } },
        { "Retries:MaxAttempts", Good with { Retries = new RetryOptions { MaxAttempts = 0 } } },
        { "Retries:ConfigurationDelay", Good with { Retries = new RetryOptions { ConfigurationDelay = TimeSpan.Zero } } },
        { "Retries:ConfigurationLimit", Good with { Retries = new RetryOptions { ConfigurationLimit = TimeSpan.FromDays(-1) } } },
        { "Sweep:PageSize", Good with { Sweep = new SweepOptions { PageSize = 1001 } } },
        { "Sweep:Concurrency", Good with { Sweep = new SweepOptions { Concurrency = 0 } } },
        { "Sweep:MaxItems", Good with { Sweep = new SweepOptions { MaxItems = 0 } } },
        { "Sweep:StartWithin", Good with { Sweep = new SweepOptions { StartWithin = TimeSpan.FromMinutes(5) } } },
        { "Sweep:StopAfter", Good with { Sweep = new SweepOptions { StopAfter = TimeSpan.FromHours(1) } } },
        { "Quota:Requests", Good with { Quota = new QuotaOptions { Requests = -1 } } },
        { "Quota:Window", Good with { Quota = new QuotaOptions { Window = TimeSpan.Zero } } },
        { "Quota:Collection", Good with { Quota = new QuotaOptions { Collection = "a/b" } } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Validate_OneThingWrong_NamesIt(string key, WorkerOptions options)
    {
        var error = Assert.Single(options.Validate());

        Assert.Equal(key, error.Key);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void Validate_ManyThingsWrong_NamesThemAll() => Assert.Equal(
        ["Lease", "MaxBytes", "Rules:0:Match", "Rules:1:Types", "Sweep:PageSize"],
        (Good with
        {
            Rules = [new RuleOptions { Match = "/" }, new RuleOptions { Match = "a", Types = ["x"] }],
            MaxBytes = -1,
            Lease = TimeSpan.Zero,
            Sweep = new SweepOptions { PageSize = 0 },
        }).Validate().Select(static error => error.Key).Order(StringComparer.Ordinal));

    private static BucketOptions Pair(string bucket, string? results, string? deadLetters) =>
        new() { Bucket = bucket, Results = results, DeadLetters = deadLetters };

    private static WorkerOptions Document(string match, string document, string field = "classification") =>
        Good with { Rules = [new RuleOptions { Match = match, Document = document, Field = field }] };
}
