using Pipeline.Functions.Configuration;
using Pipeline.Hosting;
using Pipeline.Hosting.Startup;

namespace Pipeline.Functions.Tests.Configuration;

public sealed class PipelineConfigurationTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_Nothing_ExplainsEverySettingWithMeaningAndRange()
    {
        var configuration = Read("{}");

        Assert.Empty(configuration.Errors);
        Assert.All(configuration.Settings, setting => Assert.False(
            setting.Meaning.Length == 0 || setting.Allowed.Length == 0, $"{setting.Key} has no line in {nameof(SettingTexts)}."));
        Assert.Equal(SettingTexts.All.Select(text => text.Key), configuration.Settings.Select(setting => SettingTexts.Pattern(setting.Key)));
        var lease = configuration.Settings.Single(setting => setting.Key == "Lease");
        Assert.Equal(("1s to 1h", "1min", "1min", SettingOrigin.Default, "Pipeline__Lease"), (lease.Allowed, lease.Default, lease.Value, lease.Origin, lease.Variable));
        var bytes = configuration.Settings.Single(setting => setting.Key == "Limits:MaxBytes");
        Assert.Equal(("1 to 1073741824", "20971520", "bytes"), (bytes.Allowed, bytes.Default, bytes.Unit));
    }

    [Fact]
    public void Read_OneElementOfEachList_LeavesNoLineUnused()
    {
        var configuration = Read("""
            { "Pipeline": {
                "Buckets": [ { "Bucket": "photos" } ],
                "Rules": [ { "Match": "**", "Types": ["image/png"] } ],
                "Models": [ { "Name": "m", "Folder": "/m" } ],
                "Callers": { "Audiences": ["https://a.example"], "Accounts": ["a@b.example"] },
                "Embedded": { "Origins": ["https://app.example"], "Hosts": ["pipeline"] },
                "WarmUp": { "Urls": ["https://a.example"] } } }
            """);

        Assert.Empty(configuration.Errors);
        Assert.DoesNotContain(configuration.Settings, setting => setting.Key.Split(':').Contains("N"));
        Assert.Equal(SettingTexts.All.Count, configuration.Settings.Length);
    }

    [Fact]
    public void Read_ValuesOfSeveralSources_NamesTheOneThatWins()
    {
        Environment.SetEnvironmentVariable("Pipeline__QueueLength", "7");
        try
        {
            var configuration = PipelineConfiguration.Read(Setup("""{ "Pipeline": { "QueueLength": 5, "Lease": "30s", "RetryAfter": "1s", "DefaultModel": "" } }""") with
            {
                Settings = new Dictionary<string, string?> { ["Pipeline:Embedded:Data"] = "/data", ["Pipeline:RetryAfter"] = "2s" },
                Arguments = ["--target", typeof(Serve).FullName!, "--Pipeline:RetryAfter=3s"],
            });

            Assert.Equal(
                [
                    ("DefaultModel", null, SettingOrigin.Default), ("Embedded:Data", "/data", SettingOrigin.Program), ("Lease", "30s", SettingOrigin.File),
                    ("QueueLength", "7", SettingOrigin.Environment), ("RetryAfter", "3s", SettingOrigin.Flag),
                ],
                configuration.Settings.Where(setting => setting.Key is "DefaultModel" or "Lease" or "QueueLength" or "RetryAfter" or "Embedded:Data")
                    .OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => (setting.Key, setting.Value, setting.Origin)));
        }
        finally
        {
            Environment.SetEnvironmentVariable("Pipeline__QueueLength", null);
        }
    }

    [Fact]
    public void Read_WrongAndUnknown_TellsAllAtOnceWithTheNearestName()
    {
        var configuration = Read("""{ "Pipeline": { "Lease": "soon", "Limits": { "MaxByets": 5, "MaxSide": 0 }, "Retries": { "MaxAttempts": 1000 } } }""");

        Assert.Equal(
            [
                "Pipeline:Lease is 'soon' and must be a duration such as 250ms, 1.5s, 4min, 24h, 7d or 00:01:30.",
                "Pipeline:Retries:MaxAttempts: 1000 is out of range; 1 to 100 is allowed.",
                "Pipeline:Limits:MaxSide: 0 is out of range; 1 to 1048576 is allowed.",
                "Pipeline:Limits:MaxByets is not a setting; did you mean Pipeline:Limits:MaxBytes?",
            ],
            configuration.Errors);
    }

    [Theory]
    [InlineData("{", "appsettings")]
    [InlineData(null, "not found")]
    public void Read_FileThatCannotBeRead_IsAnError(string? content, string expected)
    {
        var setup = content is null ? Setup("{}") with { SettingsFile = _file + ".none" } : Setup(content);

        var error = Assert.Single(PipelineConfiguration.Read(setup).Errors);

        Assert.Contains(content is null ? expected : Path.GetFileName(_file), error, StringComparison.Ordinal);
    }

    private PipelineConfiguration Read(string json) => PipelineConfiguration.Read(Setup(json));

    private FunctionHostSetup Setup(string json)
    {
        File.WriteAllText(_file, json);
        return new FunctionHostSetup(typeof(PipelineServices).Assembly, PipelineServices.Configure)
        {
            Arguments = ["--target", typeof(Serve).FullName!],
            Variable = _ => null,
            SettingsFile = _file,
        };
    }
}
