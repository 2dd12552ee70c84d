using Microsoft.Extensions.DependencyInjection;
using Pipeline.Firebase.Firestore;
using Pipeline.Functions.Wiring;
using Pipeline.Hosting;
using Pipeline.Hosting.Startup;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Tests.Configuration;

/// <summary>When documents are in Firestore, and in which.</summary>
public sealed class FirestoreSettingsTests
{
    private const string Project = "Pipeline:Firestore:Project";

    public static TheoryData<Dictionary<string, string?>, Dictionary<string, string>, string?, string?> Cases => new()
    {
        { [], [], null, null },
        { [], new() { ["GOOGLE_CLOUD_PROJECT"] = "of-the-shell" }, null, null },
        { new() { [Project] = "my-app" }, [], "my-app", null },
        { new() { [Project] = "my-app" }, new() { ["GOOGLE_CLOUD_PROJECT"] = "of-the-shell" }, "my-app", null },
        { [], new() { ["FIRESTORE_EMULATOR_HOST"] = "127.0.0.1:8085" }, "demo-pipeline", "127.0.0.1:8085" },
        { [], new() { ["FIRESTORE_EMULATOR_HOST"] = "" }, null, null },
        { [], new() { ["FIRESTORE_EMULATOR_HOST"] = "127.0.0.1:8085", ["GCLOUD_PROJECT"] = "of-the-shell" }, "of-the-shell", "127.0.0.1:8085" },
        { new() { ["Pipeline:Firestore:EmulatorHost"] = "[::1]:1" }, new() { ["FIRESTORE_EMULATOR_HOST"] = "127.0.0.1:8085" }, "demo-pipeline", "[::1]:1" },
        { [], new() { ["K_SERVICE"] = "s", ["GOOGLE_CLOUD_PROJECT"] = "of-the-platform" }, "of-the-platform", null },
        { new() { ["Pipeline:Embedded:Data"] = "data" }, new() { ["K_SERVICE"] = "s" }, null, null },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public async Task Configure_Environment_ChoosesTheStore(
        Dictionary<string, string?> settings, Dictionary<string, string> variables, string? project, string? emulator)
    {
        await using var application = FunctionHost.Create(Setup(settings, variables));

        var options = application.Services.GetService<FirestoreOptions>();
        Assert.Equal((project, emulator), (options?.Project, options?.EmulatorHost));
        Assert.IsType(project is null ? typeof(EmbeddedDocuments) : typeof(FirestoreDocuments), application.Services.GetRequiredService<IDocumentStore>());
        Assert.Equal(2, application.Services.GetServices<IStoreOpening>().Count());
    }

    [Fact]
    public void Configure_CloudRunWithoutAProject_IsRefused()
    {
        var exception = Assert.Throws<StartupException>(() => FunctionHost.Create(Setup([], new() { ["K_SERVICE"] = "s" })));

        Assert.Contains("Pipeline:Firestore: Project is ''", Assert.Single(exception.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_WrongValues_AreToldAtOnce()
    {
        var exception = Assert.Throws<StartupException>(() => FunctionHost.Create(Setup(
            new() { [Project] = "a/b", ["Pipeline:Firestore:Database"] = "?", ["Pipeline:Firestore:RequestTimeout"] = "1h", ["Pipeline:Firestore:Prefix"] = "x" },
            new() { ["FIRESTORE_EMULATOR_HOST"] = "http://127.0.0.1:8085" })));

        Assert.Equal(5, exception.Errors.Count);
        Assert.All(exception.Errors, error => Assert.StartsWith("Pipeline:Firestore:", error, StringComparison.Ordinal));
    }

    private static FunctionHostSetup Setup(Dictionary<string, string?> settings, Dictionary<string, string> variables) =>
        new(typeof(Serve).Assembly, PipelineServices.Configure)
        {
            Variable = name => name == "FUNCTION_TARGET" ? typeof(ForgetUpload).FullName : variables.GetValueOrDefault(name),
            Settings = settings,
        };
}
