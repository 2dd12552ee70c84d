using System.Net;
using Pipeline.Functions.Tests.Support;

namespace Pipeline.Functions.Tests;

public sealed class MaintainTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_NothingToDo_WarmsAndReports()
    {
        await using var function = await RunningFunction.StartAsync<Maintain>();

        var report = await function.MaintainAsync();

        Assert.Equal(1, function.Classifier.WarmUps);
        Assert.Equal(0, report.GetProperty("dueLetters").GetInt32());
        Assert.Equal(0, report.GetProperty("expiredLeases").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, report.GetProperty("warmUpError").ValueKind);
        Assert.True(report.GetProperty("durationMs").GetDouble() >= 0);
    }

    [Fact]
    public async Task Post_ModelNotReady_IsReported()
    {
        await using var function = await RunningFunction.StartAsync<Maintain>();
        function.Classifier.IsReady = false;

        var report = await function.MaintainAsync();

        Assert.StartsWith("MODEL_NOT_READY", report.GetProperty("warmUpError").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Is405()
    {
        await using var function = await RunningFunction.StartAsync<Maintain>();

        using var response = await function.Client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Post_StoreOutOfReach_Is503WithTheReport()
    {
        var folder = RunningFunction.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "documents.db"));
        await using (var function = await RunningFunction.StartAsync<Maintain>(folder: folder))
        {
            using var response = await function.Client.PostAsync("/", null, Cancellation);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Contains("\"storeUnavailable\":true", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }
}
