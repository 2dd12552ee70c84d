using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Tests.BadInput;

public sealed class BadEventTests
{
    private const string Finalized = "google.cloud.storage.object.v1.finalized";
    private const string Name = "users/u1/a.jpg";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{\"generation\":\"many\"}", "application/json")]
    [InlineData("{\"generation\":\"9223372036854775808\"}", "application/json")]
    [InlineData("{\"bucket\":\"uploads\"}", "application/json")]
    [InlineData("{\"bucket\":\"uploads\",\"name\":\"a.jpg\"}", "application/json")]
    [InlineData("{\"bucket\":\"uploads\",\"name\":\"\",\"generation\":\"1\"}", "application/json")]
    [InlineData("{\"bucket\":\"uploads\",\"name\":\"a.jpg\",\"generation\":\"-1\"}", "application/json")]
    [InlineData("{\"bucket\":\"uploads\",\"bucket\":\"other\",\"name\":\"a.jpg\",\"generation\":\"1\"}", "application/json")]
    [InlineData("hello", "text/plain")]
    [InlineData("\u0001\u0002\u0003", "application/protobuf")]
    public async Task Event_UnusableData_Is200AndAParkedLetter(string data, string contentType)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();

        using var response = await function.SendEventAsync(Finalized, data, contentType: contentType);
        using var again = await function.SendEventAsync(Finalized, data, contentType: contentType);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (response.StatusCode, again.StatusCode));
        var letter = Assert.Single(await function.LettersAsync()).Fields!;
        AssertParked(letter, "BAD_EVENT");
        Assert.Equal(("event-1", Finalized), (Text(letter["eventId"]), Text(letter["eventType"])));
        Assert.Empty(function.Classifier.Requests);
        await Outcome.AssertNextIsClassifiedAsync(function, "/");
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
        await Outcome.AssertNextIsClassifiedAsync(function, "/");
    }

    [Theory]
    [InlineData("text/plain", "hello", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/cloudevents-batch+json", "[]", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "{}", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents+json", "{", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents+json", "{\"specversion\":\"1.0\"}", HttpStatusCode.BadRequest)]
    public async Task Request_NoEvent_IsRefusedAndNothingIsWritten(string contentType, string body, HttpStatusCode expected)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();

        using var response = await function.Client.PostAsync("/", new StringContent(body, new MediaTypeHeaderValue(contentType)), Cancellation);

        Assert.Equal(expected, response.StatusCode);
        Assert.Empty(await function.LettersAsync());
        await Outcome.AssertNextIsClassifiedAsync(function, "/");
    }

    [Fact]
    public async Task Request_LargerThanAnEventMayBe_Is413AndNothingIsWritten()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>(new() { ["Pipeline:Hosting:MaxEventBytes"] = "1024" });

        using var response = await function.SendEventAsync(Finalized, $$"""{"bucket":"{{new string('b', 2000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(await function.LettersAsync());
        await Outcome.AssertNextIsClassifiedAsync(function, "/");
    }

    [Fact]
    public async Task Event_BucketWithoutConfiguration_Is200AndParkedForTheOperator()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();

        using var response = await function.SendEventAsync(
            Finalized, """{"bucket":"another","name":"users/u1/a.jpg","generation":"7","contentType":"image/png"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var letter = Assert.Single(await function.LettersAsync()).Fields!;
        AssertParked(letter, "BUCKET_NOT_CONFIGURED");
        Assert.Equal(("another", Name), (Text(letter["bucket"]), Text(letter["name"])));
        Assert.Equal(7L, letter["generation"]);
        Assert.Null(await function.ResultAsync(Name));
        await Outcome.AssertNextIsClassifiedAsync(function, "/");
    }

    private static void AssertParked(ImmutableSortedDictionary<string, DocumentValue> letter, string code)
    {
        Assert.Equal(("parked", code), (Text(letter["state"]), Text(letter["parkedReason"])));
        Assert.Equal(0L, letter["attempts"]);
        var error = Assert.IsType<DocumentValue.MapValue>(Assert.Single(Assert.IsType<DocumentValue.ArrayValue>(letter["errors"]).Values));
        Assert.Equal(code, error.Fields["code"]);
        Assert.Equal(letter["lastFailedAt"], letter["dueAt"]);
    }

    private static string Text(DocumentValue value) => Assert.IsType<DocumentValue.StringValue>(value).Value;
}
