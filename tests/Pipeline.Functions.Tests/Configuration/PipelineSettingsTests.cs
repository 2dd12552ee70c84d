using Microsoft.Extensions.DependencyInjection;
using Pipeline.Embedded.Endpoint.Access;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Functions.Calls;
using Pipeline.Hosting;
using Pipeline.Hosting.Startup;
using Pipeline.Worker;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Functions.Tests.Configuration;

public sealed class PipelineSettingsTests
{
    [Fact]
    public async Task Configure_Nothing_GivesDefaultsThatWork()
    {
        await using var application = FunctionHost.Create(Setup([]));

        var worker = application.Services.GetRequiredService<WorkerOptions>();
        Assert.Equal("uploads", Assert.Single(worker.Buckets).Bucket);
        Assert.Equal(["users/{uid}/**", "**"], worker.Rules.Select(rule => rule.Match));
        var model = Assert.Single(application.Services.GetRequiredService<ModelStoreOptions>().Models);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "model"), model.Folder);
        Assert.Equal(Path.Combine("data", "documents.db"), application.Services.GetRequiredService<SqliteDocumentStoreOptions>().Path);
        Assert.Equal(Path.Combine("data", "buckets"), application.Services.GetRequiredService<FolderBucketOptions>().Root);
    }

    [Fact]
    public async Task Configure_EverySetting_ReachesItsOptions()
    {
        await using var application = FunctionHost.Create(Setup(new()
        {
            ["Pipeline:Buckets:0:Bucket"] = "one",
            ["Pipeline:Buckets:0:Results"] = "r1",
            ["Pipeline:Buckets:0:DeadLetters"] = "d1",
            ["Pipeline:Buckets:1:Bucket"] = "two",
            ["Pipeline:Buckets:1:Results"] = "r2",
            ["Pipeline:Buckets:1:DeadLetters"] = "d2",
            ["Pipeline:Rules:0:Bucket"] = "two",
            ["Pipeline:Rules:0:Match"] = "users/{uid}/photos/{photo}",
            ["Pipeline:Rules:0:Types:0"] = "image/png",
            ["Pipeline:Rules:0:Types:1"] = "image/webp",
            ["Pipeline:Rules:0:Model"] = "birds",
            ["Pipeline:Rules:0:Document"] = "users/{uid}/photos/{photo}",
            ["Pipeline:Rules:0:Field"] = "seen",
            ["Pipeline:Rules:0:Create"] = "true",
            ["Pipeline:Models:0:Name"] = "birds",
            ["Pipeline:Models:0:Folder"] = "models/birds",
            ["Pipeline:Models:0:Required"] = "false",
            ["Pipeline:DefaultModel"] = "birds",
            ["Pipeline:ModelReadyWait"] = "3s",
            ["Pipeline:ModelRetryAfter"] = "4s",
            ["Pipeline:Limits:MaxBytes"] = "1000000",
            ["Pipeline:Limits:MaxPixels"] = "2000000",
            ["Pipeline:Limits:MaxSide"] = "3000",
            ["Pipeline:Limits:MaxDecodeMemory"] = "4000000",
            ["Pipeline:Limits:MaxDecodeTime"] = "5s",
            ["Pipeline:Limits:MaxTime"] = "6s",
            ["Pipeline:Limits:Concurrency"] = "7",
            ["Pipeline:Lease"] = "8s",
            ["Pipeline:DownloadTimeout"] = "9s",
            ["Pipeline:ClassificationTimeout"] = "10s",
            ["Pipeline:ShutdownTimeout"] = "2s",
            ["Pipeline:Concurrency"] = "11",
            ["Pipeline:QueueLength"] = "12",
            ["Pipeline:RetryAfter"] = "13s",
            ["Pipeline:ResultsExpireAfter"] = "14d",
            ["Pipeline:Retries:FirstDelay"] = "15s",
            ["Pipeline:Retries:LargestDelay"] = "16s",
            ["Pipeline:Retries:Jitter"] = "0.5",
            ["Pipeline:Retries:MaxAttempts"] = "17",
            ["Pipeline:Retries:ConfigurationDelay"] = "18s",
            ["Pipeline:Retries:ConfigurationLimit"] = "19h",
            ["Pipeline:Sweep:PageSize"] = "20",
            ["Pipeline:Sweep:Concurrency"] = "21",
            ["Pipeline:Sweep:MaxItems"] = "22",
            ["Pipeline:Sweep:StartWithin"] = "23s",
            ["Pipeline:Sweep:StopAfter"] = "24s",
            ["Pipeline:Quota:Requests"] = "25",
            ["Pipeline:Quota:Window"] = "26s",
            ["Pipeline:Quota:Collection"] = "quotas",
            ["Pipeline:Embedded:Documents"] = "/d/documents.db",
            ["Pipeline:Embedded:Folder"] = "/b",
            ["Pipeline:Embedded:BusyTimeout"] = "27s",
            ["Pipeline:Embedded:HistoryLimit"] = "28",
            ["Pipeline:Embedded:StallTimeout"] = "29s",
            ["Pipeline:Embedded:MaxObjectBytes"] = "30",
            ["Pipeline:Embedded:RescanInterval"] = "31s",
            ["Pipeline:Embedded:SettleTime"] = "32ms",
            ["Pipeline:Embedded:MaxOpenUploads"] = "33",
            ["Pipeline:Embedded:UploadLifetime"] = "34s",
            ["Pipeline:Embedded:Origins:0"] = "https://app.example",
            ["Pipeline:Embedded:Hosts:0"] = "pipeline",
            ["Pipeline:Embedded:AllAddresses"] = "true",
            ["Pipeline:Hosting:DrainTime"] = "1s",
        }));
        var worker = application.Services.GetRequiredService<WorkerOptions>();
        var rule = Assert.Single(worker.Rules);
        Assert.Equal(["one", "two"], worker.Buckets.Select(bucket => bucket.Bucket));
        Assert.Equal(("r2", "d2"), (worker.Buckets[1].Results, worker.Buckets[1].DeadLetters));
        Assert.Equal(("two", "users/{uid}/photos/{photo}", "birds", "seen", true), (rule.Bucket, rule.Match, rule.Model, rule.Field, rule.Create));
        Assert.Equal(["image/png", "image/webp"], rule.Types);
        Assert.Equal(
            (8, 9, 10, 2, 13),
            (worker.Lease.Seconds, worker.DownloadTimeout.Seconds, worker.ClassificationTimeout.Seconds, worker.ShutdownTimeout.Seconds, worker.RetryAfter.Seconds));
        Assert.Equal((1_000_000, 11, 12, 14d), (worker.MaxBytes, worker.Concurrency, worker.QueueLength, worker.ResultsExpireAfter!.Value.TotalDays));
        Assert.Equal(
            (15, 16, 0.5, 17, 18, 19),
            (worker.Retries.FirstDelay.Seconds, worker.Retries.LargestDelay.Seconds, worker.Retries.Jitter, worker.Retries.MaxAttempts,
                worker.Retries.ConfigurationDelay.Seconds, worker.Retries.ConfigurationLimit.Hours));
        Assert.Equal(
            (20, 21, 22, 23, 24),
            (worker.Sweep.PageSize, worker.Sweep.Concurrency, worker.Sweep.MaxItems, worker.Sweep.StartWithin.Seconds, worker.Sweep.StopAfter.Seconds));
        Assert.Equal((25, 26, "quotas"), (worker.Quota.Requests, worker.Quota.Window.Seconds, worker.Quota.Collection));

        var classification = application.Services.GetRequiredService<ClassificationOptions>();
        Assert.Equal((1_000_000, 7, 6), (classification.MaxBytes, classification.MaxConcurrency, classification.MaxTime.Seconds));
        Assert.Equal(
            (2_000_000, 3000, 4_000_000, 5),
            (classification.MaxPixels, classification.MaxSide, classification.MaxDecodeMemory, classification.MaxDecodeTime.Seconds));
        Assert.Equal(1_000_000, application.Services.GetRequiredService<CallLimits>().MaxImageBytes);

        var models = application.Services.GetRequiredService<ModelStoreOptions>();
        Assert.Equal(new ModelSource("birds", Path.Combine(AppContext.BaseDirectory, "models", "birds"), IsRequired: false), Assert.Single(models.Models));
        Assert.Equal(("birds", 3, 4), (models.DefaultModel, models.ReadyWait.Seconds, models.RetryAfter.Seconds));

        var documents = application.Services.GetRequiredService<SqliteDocumentStoreOptions>();
        Assert.Equal(("/d/documents.db", 27, 28), (documents.Path, documents.BusyTimeout.Seconds, documents.HistoryLimit));
        var bucket = application.Services.GetRequiredService<FolderBucketOptions>();
        Assert.Equal(("/b", 27, 29, 30, 31, 32), (bucket.Root, bucket.BusyTimeout.Seconds, bucket.StallTimeout.Seconds, bucket.MaxObjectBytes, bucket.RescanInterval.Seconds, bucket.SettleTime.Milliseconds));
        Assert.Equal((33, 34), (bucket.MaxOpenUploads, bucket.UploadLifetime.Seconds));
        var access = application.Services.GetRequiredService<EndpointAccessOptions>();
        Assert.Equal(("https://app.example", "pipeline", true), (Assert.Single(access.Origins), Assert.Single(access.Hosts), access.AllAddresses));
    }

    [Fact]
    public void Configure_SeveralErrors_ListsAllAtOnceWithTheirKeys()
    {
        var exception = Assert.Throws<StartupException>(() => FunctionHost.Create(Setup(new()
        {
            ["Pipeline:Rules:0:Match"] = "a//b",
            ["Pipeline:Rules:0:Bucket"] = "unknown",
            ["Pipeline:Rules:0:Colour"] = "red",
            ["Pipeline:Rules:0:Model"] = "unknown",
            ["Pipeline:Lease"] = "1.5s",
            ["Pipeline:Retries:Jitter"] = "7",
            ["Pipeline:Limits:MaxBytes"] = "0",
            ["Pipeline:DefaultModel"] = "missing",
            ["Pipeline:Embedded:BusyTimeout"] = "-1s",
            ["Pipeline:ShutdownTimeout"] = "30s",
            ["Pipeline:Limits:MaxSide"] = "0",
            ["Pipeline:ModelRetryAfter"] = "1ms",
            ["Pipeline:Embedded:Origins:0"] = "app.example",
            ["Pipeline:Embedded:Hosts:0"] = "http://pipeline",
        })));

        foreach (var key in (string[])
            [
                "Pipeline:Rules:0:Match", "Pipeline:Rules:0:Bucket", "Pipeline:Rules:0:Colour is not a setting",
                "Pipeline:Rules:0:Model: 'unknown' is none of the models: default.", "Pipeline:Lease", "Pipeline:Retries:Jitter", "Pipeline:Limits:MaxBytes",
                "Pipeline:DefaultModel", "BusyTimeout", "Pipeline:ShutdownTimeout", "Pipeline:Limits:MaxSide", "Pipeline:ModelRetryAfter",
                "Pipeline:Embedded: Origins holds 'app.example'", "Pipeline:Embedded: Hosts holds 'http://pipeline'",
            ])
        {
            Assert.Contains(exception.Errors, error => error.Contains(key, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Configure_TargetWithoutModels_NeedsNoneOfThoseThatRulesName()
    {
        var setup = Setup(new() { ["Pipeline:Rules:0:Match"] = "**", ["Pipeline:Rules:0:Model"] = "birds" });

        await using var application = FunctionHost.Create(setup with { Variable = name => name == "FUNCTION_TARGET" ? typeof(ForgetUpload).FullName : null });

        Assert.Equal("birds", Assert.Single(application.Services.GetRequiredService<WorkerOptions>().Rules).Model);
    }

    [Fact]
    public void Configure_ServeOnCloudRunWithoutVerifying_IsRefused()
    {
        var setup = Setup(new() { ["Pipeline:Firestore:Project"] = "my-app" }) with
        {
            Variable = name => name switch { "FUNCTION_TARGET" => typeof(Serve).FullName, "K_SERVICE" => "some-service", _ => null },
        };

        var exception = Assert.Throws<StartupException>(() => FunctionHost.Create(setup));

        Assert.Contains(typeof(Serve).FullName!, Assert.Single(exception.Errors), StringComparison.Ordinal);
    }

    private static FunctionHostSetup Setup(Dictionary<string, string?> settings) => new(typeof(Serve).Assembly, PipelineServices.Configure)
    {
        Variable = name => name == "FUNCTION_TARGET" ? typeof(Serve).FullName : null,
        Settings = settings,
    };
}
