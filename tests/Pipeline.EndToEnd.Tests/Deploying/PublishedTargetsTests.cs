using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.EndToEnd.Tests.Deploying;

/// <summary>Each target as the platform starts it: from another directory, with <c>PORT</c> and <c>FUNCTION_TARGET</c> and no other variable.</summary>
public sealed class PublishedTargetsTests : IAsyncLifetime
{
    private const string Name = "users/u1/a.jpg";

    /// <summary>From SIGTERM to SIGKILL.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>What is asked of each target, and what it must have done.</summary>
    private static readonly Dictionary<string, Func<ServiceProcess, string, Task>> Questions = new()
    {
        ["ClassifyUpload"] = async (service, folder) =>
        {
            var bucket = Directory.CreateDirectory(Path.Combine(folder, "data", "buckets", "uploads", "users", "u1"));
            File.Copy(Path.Combine(Programs.Samples, "coffee.jpg"), Path.Combine(bucket.FullName, "a.jpg"));

            // The event of an earlier generation: the live one is classified.
            await AssertStatusAsync(StorageEvents.PostAsync(service, string.Empty, "finalized", "e1", Name, 1, Cancellation));
            Assert.Equal("espresso", await ReadAsync(folder, "classifications", DocumentIds.FromName(Name), "label"));
        },
        ["ForgetUpload"] = async (service, folder) =>
        {
            await AssertStatusAsync(StorageEvents.PostAsync(service, string.Empty, "deleted", "e1", Name, 1, Cancellation));
            Assert.Equal("deleted", await ReadAsync(folder, "classifications", DocumentIds.FromName(Name), "status"));
        },
        ["ClassifyRequested"] = async (service, folder) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, service.Address) { Content = new ByteArrayContent([0xFF]) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/protobuf");
            request.Headers.Add("ce-specversion", "1.0");
            request.Headers.Add("ce-id", "e1");
            request.Headers.Add("ce-type", "google.cloud.firestore.document.v1.created");
            request.Headers.Add("ce-source", "//firestore.googleapis.com/projects/p/databases/(default)");
            await AssertStatusAsync(service.Http.SendAsync(request, Cancellation));
            Assert.Equal("BAD_EVENT", await ReadAsync(folder, "deadLetters", DocumentIds.FromEvent("e1"), "parkedReason"));
        },
        ["Maintain"] = async (service, _) => await AssertStatusAsync(service.Http.PostAsync(service.Address, null, Cancellation), "\"warmUps\""),
        ["CaptureDeadLetter"] = async (service, folder) =>
        {
            using var push = new StringContent("""{"message":{"messageId":"m1","data":"aGVsbG8="},"subscription":"projects/p/subscriptions/s"}""", Encoding.UTF8, "application/json");
            await AssertStatusAsync(service.Http.PostAsync(service.Address, push, Cancellation));
            Assert.Equal("BAD_EVENT", await ReadAsync(folder, "deadLetters", DocumentIds.FromEvent("m1"), "parkedReason"));
        },
        ["Classify"] = async (service, _) =>
        {
            using var picture = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "rocket_close.webp"), Cancellation));
            picture.Headers.ContentType = new MediaTypeHeaderValue("image/webp");
            await AssertStatusAsync(service.Http.PostAsync(service.Address, picture, Cancellation), "\"label\"");
        },
        ["Serve"] = async (service, _) => await AssertStatusAsync(service.Http.PostAsync(new Uri(service.Address, "maintain"), null, Cancellation), "\"warmUps\""),
    };

    private readonly PublishedFunctions _published;
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("pipeline-");

    public PublishedTargetsTests(PublishedFunctions published)
    {
        _published = published;
    }

    /// <summary>The types of the published assembly that can be a target.</summary>
    public static TheoryData<string> Targets => [.. Assembly.LoadFrom(Programs.Functions).GetExportedTypes()
        .Where(type => type.GetInterfaces().Any(contract => contract.Name is "IHttpFunction" or "IFunctionRoutes" || contract.Name.StartsWith("ICloudEventFunction", StringComparison.Ordinal)))
        .Select(type => type.Name).Order(StringComparer.Ordinal)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => new(_published.PublishAsync());

    public ValueTask DisposeAsync()
    {
        _elsewhere.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Target_WithNothingButItsPort_AnswersAndEndsWhenTold(string target)
    {
        var before = _published.State;
        await using var service = await ServiceProcess.StartBareAsync(_published.Program, $"{PublishedFunctions.Name}.{target}", _elsewhere.FullName, Cancellation);

        await AssertStatusAsync(service.Http.GetAsync(new Uri(service.Address, "health/live"), Cancellation));
        await Questions[target](service, _elsewhere.FullName);

        var clock = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await service.StopAsync(Cancellation));
        Assert.True(TimeProvider.System.GetElapsedTime(clock) < Grace);
        Assert.Equal(before, _published.State);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Target_OnCloudRunWithoutSettings_SaysWhatIsMissing(string target)
    {
        var start = new ProcessStartInfo("dotnet", [_published.Program]) { WorkingDirectory = _elsewhere.FullName, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["K_SERVICE"] = "some-service";
        start.Environment["PORT"] = $"{FreePorts.Next()}";
        start.Environment["FUNCTION_TARGET"] = $"{PublishedFunctions.Name}.{target}";

        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.Equal(2, process.ExitCode);
        Assert.Contains("Pipeline:Firestore: Project is ''", error, StringComparison.Ordinal);
        Assert.Equal(target == "Serve", error.Contains("Pipeline:Callers:Mode Verify", StringComparison.Ordinal));
        Assert.Empty(_elsewhere.EnumerateFileSystemInfos());
    }

    private static async Task AssertStatusAsync(Task<HttpResponseMessage> asked, string text = "")
    {
        using var answer = await asked;
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {body}");
        Assert.Contains(text, body, StringComparison.Ordinal);
    }

    private static async Task<string?> ReadAsync(string folder, string collection, string id, string field)
    {
        using var documents = SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(Path.Combine(folder, "data", "documents.db")), TimeProvider.System);
        var read = (await documents.GetAsync([new DocumentPath(collection, id)], Cancellation)).Documents[0];
        return read.Exists ? Assert.IsType<DocumentValue.StringValue>(read.Fields![field]).Value : null;
    }
}
