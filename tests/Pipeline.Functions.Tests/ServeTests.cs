using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Functions.Tests.Support;

namespace Pipeline.Functions.Tests;

public sealed class ServeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paths_EveryMethod_NeverFailOnTheServersSide()
    {
        string[] paths =
        [
            "/", "/events/storage", "/events/firestore", "/events/dead-letters", "/maintain", "/classify", "/p/r/classify", "/p/r/maintain", "/health/live", "/healthz",
            "/robots.txt", "/favicon.ico", "/events", "/maintain/x", "/classify?model=%ff", "/events/storage/..%2f..",
        ];
        string?[] types = [null, "application/json", "application/cloudevents+json", "image/png", "text/plain"];
        await using var function = await RunningFunction.StartAsync<Serve>();

        foreach (var path in paths)
        {
            foreach (var method in (string[])["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
            {
                foreach (var type in types)
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}")) };
                    if (type is not null)
                    {
                        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                    }

                    using var response = await function.Client.SendAsync(request, Cancellation);
                    Assert.True((int)response.StatusCode < 500, $"{method} {path} ({type}): {response.StatusCode}");
                }
            }
        }
    }

    [Fact]
    public async Task LocalPage_IsNotServedWhereAppsCall()
    {
        await using var function = await RunningFunction.StartAsync<Serve>();

        foreach (var path in (string[])["/", "/index.html", "/app.js", "/api/setup", "/api/documents", "/api/events?after=0"])
        {
            using var response = await function.Client.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/classify")]
    [InlineData("/demo-p/us-central1/classify")]
    public async Task Classify_ByPath_Answers(string path)
    {
        await using var function = await RunningFunction.StartAsync<Serve>();

        using var response = await function.Client.PostAsync(path, new StringContent("""{"data":"AAAA"}""", Encoding.UTF8, "application/json"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task Ready_TargetWithoutNeedOfModels_DoesNotWaitForThem()
    {
        await using var function = await RunningFunction.StartAsync<ForgetUpload>(new()
        {
            ["Pipeline:Models:0:Name"] = "flowers", ["Pipeline:Models:0:Folder"] = "/nowhere/flowers",
        });
        HttpStatusCode status;
        do
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            using var ready = await function.Client.GetAsync("/health/ready", Cancellation);
            status = ready.StatusCode;
        }
        while (status != HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ready_StoreThatCouldNotBeOpened_HealsWithoutARequest()
    {
        var folder = RunningFunction.NewFolder();
        var obstacle = Directory.CreateDirectory(Path.Combine(folder, "documents.db"));
        await using (var function = await RunningFunction.StartAsync<ForgetUpload>(new() { ["Pipeline:Hosting:LogLevel"] = "None" }, folder))
        {
            using var unready = await function.Client.GetAsync("/health/ready", Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
            obstacle.Delete();

            var begin = TimeProvider.System.GetTimestamp();
            HttpStatusCode status;
            do
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
                using var ready = await function.Client.GetAsync("/health/ready", Cancellation);
                status = ready.StatusCode;
            }
            while (status != HttpStatusCode.OK && TimeProvider.System.GetElapsedTime(begin) < FunctionProcess.Patience);

            Assert.Equal(HttpStatusCode.OK, status);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Ready_ModelFolderMissing_Is503AndNamesTheModelOnly()
    {
        await using var function = await RunningFunction.StartAsync<Serve>(new()
        {
            ["Pipeline:Models:0:Name"] = "flowers", ["Pipeline:Models:0:Folder"] = "/nowhere/flowers",
        });

        using var live = await function.Client.GetAsync("/health/live", Cancellation);
        using var ready = await function.Client.GetAsync("/health/ready", Cancellation);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        var reasons = JsonElement.Parse(await ready.Content.ReadAsStringAsync(Cancellation)).GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!);
        var reason = Assert.Single(reasons, reason => reason.Contains("model", StringComparison.Ordinal));
        Assert.Contains("'flowers'", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", reason, StringComparison.Ordinal);
    }
}
