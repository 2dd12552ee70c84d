using System.Net;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Tests;

public sealed class ClassifyUploadTests
{
    private const string Name = "users/u1/a.jpg";

    [Fact]
    public async Task Event_Upload_Is200AndTheDocumentIsThere()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);

        using var response = await function.SendFinalizedAsync(Name, generation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("classified", result["status"]);
        Assert.Equal("tulip", result["label"]);
        Assert.Equal(generation, result["generation"]);
        Assert.Equal("u1", result["owner"]);
        Assert.Equal(1L, result["attempts"]);
        Assert.Null(await function.LetterAsync(Name));
    }

    [Fact]
    public async Task Event_Again_Is200WithoutASecondWrite()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);
        (await function.SendFinalizedAsync(Name, generation)).Dispose();
        var version = await function.ResultVersionAsync(Name);

        using var again = await function.SendFinalizedAsync(Name, generation);
        using var republished = await function.SendFinalizedAsync(Name, generation, id: "event-2");

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, republished.StatusCode);
        Assert.Equal(version, await function.ResultVersionAsync(Name));
        Assert.Single(function.Classifier.Requests);
    }

    [Fact(Timeout = 120_000)]
    public async Task Event_ObjectUnreadable_Is200RetryingUntilMaintained()
    {
        await using var function = await RunningFunction.StartAsync<Serve>();
        var generation = await function.PutAsync(Name);
        function.Objects.Failure = ObjectStoreError.Unavailable;

        using var response = await function.SendFinalizedAsync(Name, generation, "/events/storage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("retrying", (await function.ResultAsync(Name))!["status"]);
        Assert.Equal("due", (await function.LetterAsync(Name))!["state"]);

        function.Objects.Failure = null;
        while (await function.LetterAsync(Name) is not null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _ = await function.MaintainAsync("/maintain");
        }

        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("classified", result["status"]);
        Assert.Equal(2L, result["attempts"]);
    }

    [Fact]
    public async Task Event_ModelNotReady_Is503AndNothingIsClaimed()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);
        function.Classifier.IsReady = false;

        using var response = await function.SendFinalizedAsync(Name, generation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotEmpty(response.Headers.GetValues("Retry-After"));
        Assert.Null(await function.ResultAsync(Name));
    }

    [Fact]
    public async Task Event_RefusedType_Is200AndFailed()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync("notes.txt");

        using var response = await function.SendEventAsync(
            "google.cloud.storage.object.v1.finalized", RunningFunction.Data("notes.txt", generation, "text/plain"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("TYPE_NOT_ALLOWED", ((DocumentValue.MapValue)(await function.ResultAsync("notes.txt"))!["error"]).Fields["code"]);
        Assert.Empty(function.Classifier.Requests);
    }

    [Fact]
    public async Task Event_NoRule_Is200AndNothingIsWritten()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>(new() { ["Pipeline:Rules:0:Match"] = "photos/*" });
        var generation = await function.PutAsync("thumbs/a.jpg");

        using var response = await function.SendFinalizedAsync("thumbs/a.jpg", generation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(await function.ResultAsync("thumbs/a.jpg"));
    }

    [Fact]
    public async Task Stop_WhileClassifying_ReleasesTheClaim()
    {
        var folder = RunningFunction.NewFolder();
        var begun = new TaskCompletionSource();
        long generation;
        await using (var function = await RunningFunction.StartAsync<ClassifyUpload>(new() { ["Pipeline:Hosting:DrainTime"] = "50ms" }, folder))
        {
            generation = await function.PutAsync(Name);
            function.Classifier.Work = async cancellationToken =>
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            };
            var under = function.SendFinalizedAsync(Name, generation);
            await begun.Task;
            await function.StopAsync();
            using var response = await under;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        await using (var next = await RunningFunction.StartAsync<Maintain>(folder: folder))
        {
            var result = (await next.ResultAsync(Name))!;
            Assert.Equal("retrying", result["status"]);
            Assert.Equal(0L, result["attempts"]);
            _ = await next.MaintainAsync();
            Assert.Equal("classified", (await next.ResultAsync(Name))!["status"]);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task WarmUp_Event_WarmsTheModel()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();

        using var response = await function.SendEventAsync("pipeline.warmup", "{ not json");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, function.Classifier.WarmUps);
    }
}
