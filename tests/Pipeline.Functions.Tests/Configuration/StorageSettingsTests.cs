using Microsoft.Extensions.DependencyInjection;
using Pipeline.Firebase.CloudStorage;
using Pipeline.Functions.Configuration;
using Pipeline.Functions.Wiring;
using Pipeline.Hosting;
using Pipeline.Hosting.Startup;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Tests.Configuration;

/// <summary>When objects are in Cloud Storage.</summary>
public sealed class StorageSettingsTests
{
    private const string Cloud = "Pipeline:Storage:Cloud";

    public static TheoryData<Dictionary<string, string?>, Dictionary<string, string>, bool, string?> Cases => new()
    {
        { [], [], false, null },
        { new() { [Cloud] = "true" }, [], true, null },
        { [], new() { ["GOOGLE_CLOUD_PROJECT"] = "of-the-shell" }, false, null },
        { [], new() { ["STORAGE_EMULATOR_HOST"] = "http://127.0.0.1:9199" }, true, "http://127.0.0.1:9199" },
        { [], new() { ["STORAGE_EMULATOR_HOST"] = "" }, false, null },
        { new() { [Cloud] = "false" }, new() { ["STORAGE_EMULATOR_HOST"] = "127.0.0.1:9199" }, false, null },
        { new() { ["Pipeline:Storage:EmulatorHost"] = "[::1]:1" }, new() { ["STORAGE_EMULATOR_HOST"] = "127.0.0.1:9199" }, true, "[::1]:1" },
        { [], new() { ["K_SERVICE"] = "s", ["GOOGLE_CLOUD_PROJECT"] = "of-the-platform" }, true, null },
        { new() { ["Pipeline:Embedded:Data"] = "data" }, new() { ["K_SERVICE"] = "s" }, false, null },
        { new() { ["Pipeline:Embedded:Folder"] = "b", ["Pipeline:Embedded:Documents"] = "d" }, new() { ["K_SERVICE"] = "s" }, false, null },
        { new() { ["Pipeline:Embedded:Data"] = "data", [Cloud] = "true" }, new() { ["K_SERVICE"] = "s" }, true, null },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public async Task Configure_Environment_ChoosesTheStore(
        Dictionary<string, string?> settings, Dictionary<string, string> variables, bool isCloud, string? emulator)
    {
        await using var application = FunctionHost.Create(Setup(settings, variables));

        Assert.True(!isCloud || application.Services.GetRequiredService<CloudStorageOptions>().EmulatorHost == emulator);
        Assert.IsType(isCloud ? typeof(CloudStorageObjects) : typeof(EmbeddedObjects), application.Services.GetRequiredService<IObjectStore>());
        Assert.Equal(2, application.Services.GetServices<IStoreOpening>().Count());
    }

    [Fact]
    public async Task Configure_EverySetting_ReachesItsOption()
    {
        await using var application = FunctionHost.Create(Setup(
            new()
            {
                ["Pipeline:Storage:EmulatorHost"] = "127.0.0.1:1",
                ["Pipeline:Storage:ConnectTimeout"] = "1s",
                ["Pipeline:Storage:RequestTimeout"] = "2s",
                ["Pipeline:Storage:TotalTimeout"] = "3s",
                ["Pipeline:Storage:RetryDelay"] = "4s",
            },
            []));

        var expected = new CloudStorageOptions
        {
            EmulatorHost = "127.0.0.1:1",
            ConnectTimeout = TimeSpan.FromSeconds(1),
            RequestTimeout = TimeSpan.FromSeconds(2),
            TotalTimeout = TimeSpan.FromSeconds(3),
            RetryDelay = TimeSpan.FromSeconds(4),
        };
        Assert.Equal(expected, application.Services.GetRequiredService<CloudStorageOptions>());
    }

    [Fact]
    public void Configure_WrongValues_AreToldAtOnce()
    {
        var exception = Assert.Throws<StartupException>(() => FunctionHost.Create(Setup(
            new() { ["Pipeline:Storage:RequestTimeout"] = "1h", ["Pipeline:Storage:Cloud"] = "perhaps", ["Pipeline:Storage:Prefix"] = "x" },
            new() { ["STORAGE_EMULATOR_HOST"] = "https://127.0.0.1:9199" })));

        Assert.Equal(4, exception.Errors.Count);
        Assert.All(exception.Errors, error => Assert.StartsWith("Pipeline:Storage:", error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gs://models/birds", null)]
    [InlineData("gs://models", "Pipeline:Models:0:Folder: 'gs://models' names no folder of a bucket; it must be gs://BUCKET/PREFIX.")]
    public void Configure_ModelInCloudStorage_IsTakenAsItIsOrRefused(string folder, string? error)
    {
        var configuration = PipelineConfiguration.Read(Setup(new() { ["Pipeline:Models:0:Name"] = "birds", ["Pipeline:Models:0:Folder"] = folder }, []));

        Assert.Equal(error, configuration.Errors.SingleOrDefault());
        Assert.Equal(folder, Assert.Single(configuration.Find<ModelStoreOptions>()!.Models).Folder);
    }

    private static FunctionHostSetup Setup(Dictionary<string, string?> settings, Dictionary<string, string> variables) =>
        new(typeof(Serve).Assembly, PipelineServices.Configure)
        {
            Variable = name => name == "FUNCTION_TARGET" ? typeof(ForgetUpload).FullName : variables.GetValueOrDefault(name),
            Settings = settings,
        };
}
