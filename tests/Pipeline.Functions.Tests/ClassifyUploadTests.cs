using System.Net;
using Microsoft.Data.Sqlite;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Tests;

public sealed class ClassifyUploadTests
{
    private const string Name = "users/u1/a.jpg";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    [Fact]
    public async Task Event_ObjectGone_Is200AndATombstone()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);
        function.Remove(Name);

        using var response = await function.SendFinalizedAsync(Name, generation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("deleted", (await function.ResultAsync(Name))!["status"]);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_StoreLocked_Is503UntilItIsFree(bool isOpenBefore)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>(new() { ["Pipeline:Embedded:BusyTimeout"] = "100ms" });
        var generation = await function.PutAsync(Name);
        if (isOpenBefore)
        {
            _ = await function.ResultAsync(Name);
        }

        await using (var other = new SqliteConnection($"Data Source={function.DatabasePath};Pooling=False"))
        {
            await other.OpenAsync(Cancellation);
            await using var transaction = other.BeginTransaction(deferred: false);

            using var locked = await function.SendFinalizedAsync(Name, generation);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, locked.StatusCode);
            Assert.NotEmpty(locked.Headers.GetValues("Retry-After"));
        }

        using var free = await function.SendFinalizedAsync(Name, generation);

        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        Assert.Equal("classified", (await function.ResultAsync(Name))!["status"]);
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
    public async Task Event_NotAnImage_Is200AndFailedWithoutALetter()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);
        function.Classifier.Failure = FailureCode.NotAnImage;

        using var response = await function.SendFinalizedAsync(Name, generation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("failed", result["status"]);
        Assert.Equal("NOT_AN_IMAGE", ((DocumentValue.MapValue)result["error"]).Fields["code"]);
        Assert.Null(await function.LetterAsync(Name));
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

    [Theory]
    [InlineData("google.cloud.storage.object.v1.deleted")]
    [InlineData("google.cloud.storage.object.v1.metadataUpdated")]
    [InlineData("com.example.something")]
    public async Task Event_OtherType_Is200AndNothingIsWritten(string type)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);

        using var response = await function.SendEventAsync(type, RunningFunction.Data(Name, generation));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(await function.ResultAsync(Name));
        Assert.Empty(await function.LettersAsync());
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{\"generation\":\"many\"}", "application/json")]
    [InlineData("{\"bucket\":\"uploads\"}", "application/json")]
    [InlineData("{\"bucket\":\"uploads\",\"name\":\"a.jpg\"}", "application/json")]
    [InlineData("{\"bucket\":\"uploads\",\"name\":\"\",\"generation\":\"1\"}", "application/json")]
    [InlineData("{\"bucket\":\"uploads\",\"name\":\"a.jpg\",\"generation\":\"-1\"}", "application/json")]
    [InlineData("hello", "text/plain")]
    [InlineData("\u0001\u0002\u0003", "application/protobuf")]
    public async Task Event_UnusableData_Is200AndAParkedLetter(string data, string contentType)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();

        using var response = await function.SendEventAsync("google.cloud.storage.object.v1.finalized", data, contentType: contentType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var letter = Assert.Single(await function.LettersAsync()).Fields!;
        Assert.Equal("parked", letter["state"]);
        Assert.Equal("event-1", letter["eventId"]);
        var error = (DocumentValue.MapValue)((DocumentValue.ArrayValue)letter["errors"]).Values[^1];
        Assert.Equal("BAD_EVENT", error.Fields["code"]);
    }

    [Theory]
    [InlineData("text/plain", "hello", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/cloudevents-batch+json", "[]", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "{}", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents+json", "{\"specversion\":\"1.0\"}", HttpStatusCode.BadRequest)]
    public async Task Request_NoEvent_IsRefusedAndNothingIsWritten(string contentType, string body, HttpStatusCode expected)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();

        using var response = await function.Client.PostAsync("/", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(contentType)), Cancellation);

        Assert.Equal(expected, response.StatusCode);
        Assert.Empty(await function.LettersAsync());
    }

    [Fact]
    public async Task Event_OtherBucket_Is200AndParkedForTheOperator()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();

        using var response = await function.SendEventAsync(
            "google.cloud.storage.object.v1.finalized", """{"bucket":"another","name":"a.jpg","generation":"1","contentType":"image/png"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("parked", Assert.Single(await function.LettersAsync()).Fields!["state"]);
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
