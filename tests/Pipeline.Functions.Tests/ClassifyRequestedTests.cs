using System.Net;
using Google.Events.Protobuf.Cloud.Firestore.V1;
using Google.Protobuf;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Retries;

namespace Pipeline.Functions.Tests;

public sealed class ClassifyRequestedTests
{
    private const string Created = "google.cloud.firestore.document.v1.created";
    private const string Name = "users/u1/a.jpg";

    [Theory]
    [InlineData("application/protobuf", Created)]
    [InlineData("application/json", Created)]
    [InlineData("application/json; charset=utf-8", $"{Created}.withAuthContext")]
    public async Task Event_RequestForAFailedObject_ClassifiesItAgain(string contentType, string type)
    {
        await using var function = await RunningFunction.StartAsync<Serve>();
        var generation = await function.PutAsync(Name);
        function.Classifier.Failure = FailureCode.NotAnImage;
        (await function.SendFinalizedAsync(Name, generation, "/events/storage")).Dispose();
        Assert.Equal("failed", (await function.ResultAsync(Name))!["status"]);
        function.Classifier.Failure = null;

        using var response = await function.SendEventAsync(type, Request(contentType, Name), "/events/firestore", contentType: contentType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("classified", (await function.ResultAsync(Name))!["status"]);
    }

    [Fact]
    public async Task Event_RequestForAnObjectThatWasNeverSeen_ClassifiesIt()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyRequested>();
        _ = await function.PutAsync(Name);

        using var response = await function.SendEventAsync(
            Created, Request("application/protobuf", Name), contentType: "application/protobuf");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("classified", (await function.ResultAsync(Name))!["status"]);
    }

    [Fact]
    public async Task Event_RequestForNobodysObject_DoesNothing()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyRequested>();
        _ = await function.PutAsync("shared/a.jpg");

        using var response = await function.SendEventAsync(
            Created, Request("application/protobuf", "shared/a.jpg"), contentType: "application/protobuf");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(await function.ResultAsync("shared/a.jpg"));
    }

    [Theory]
    [InlineData("u1", "app_user", "u1", true)]
    [InlineData("u1", "app_user", "u2", false)]
    [InlineData("u2", "app_user", "u1", true)]
    [InlineData("u2", "service_account", "u1", false)]
    [InlineData("u1", "service_account", "backend@p.iam.gserviceaccount.com", true)]
    [InlineData("u2", null, null, false)]
    [InlineData("u1", null, null, true)]
    public async Task Event_RequestForAUser_IsTakenForTheOwnerOnly(string named, string? authType, string? authId, bool isTaken)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyRequested>();
        _ = await function.PutAsync(Name);
        (string, string)[] attributes = authType is null ? [] : [("authtype", authType), ("authid", authId!)];

        using var response = await function.SendEventAsync(
            $"{Created}.withAuthContext", Request("application/protobuf", Name, user: named), contentType: "application/protobuf", attributes: attributes);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(isTaken, await function.ResultAsync(Name) is not null);
    }

    [Fact]
    public async Task Event_OverTheQuota_DoesNothing()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyRequested>(new() { ["Pipeline:Quota:Requests"] = "1" });
        _ = await function.PutAsync(Name);
        _ = await function.PutAsync("users/u1/b.jpg");
        (await function.SendEventAsync(Created, Request("application/protobuf", Name, "r1"), contentType: "application/protobuf")).Dispose();

        using var response = await function.SendEventAsync(
            Created, Request("application/protobuf", "users/u1/b.jpg", "r2"), id: "event-2", contentType: "application/protobuf");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotNull(await function.ResultAsync(Name));
        Assert.Null(await function.ResultAsync("users/u1/b.jpg"));
    }

    [Theory]
    [InlineData("classifications")]
    [InlineData("users/u1/classificationRequests")]
    public async Task Event_AboutAnotherCollection_IsIgnored(string collection)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyRequested>();
        _ = await function.PutAsync(Name);

        using var response = await function.SendEventAsync(
            Created, Request("application/protobuf", Name, "r1", collection), contentType: "application/protobuf");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(await function.ResultAsync(Name));
        Assert.Empty(await function.LettersAsync());
    }

    [Theory]
    [InlineData("application/protobuf", "\u0001\u0002\u0003")]
    [InlineData("application/json", "{\"value\":7}")]
    public async Task Event_UnusableData_IsParked(string contentType, string data)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyRequested>();

        using var response = await function.SendEventAsync(Created, data, contentType: contentType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("parked", Assert.Single(await function.LettersAsync()).Fields!["state"]);
    }

    private static byte[] Request(string contentType, string name, string id = "r1", string collection = "classificationRequests", string? user = null)
    {
        var data = new DocumentEventData
        {
            Value = new Document
            {
                Name = $"projects/p/databases/(default)/documents/{collection}/{id}",
                Fields =
                {
                    ["bucket"] = new Value { StringValue = RunningFunction.Bucket },
                    ["name"] = new Value { StringValue = name },
                },
            },
        };
        if (user is not null)
        {
            data.Value.Fields["user"] = new Value { StringValue = user };
        }

        return contentType.StartsWith("application/protobuf", StringComparison.Ordinal)
            ? data.ToByteArray()
            : System.Text.Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(data));
    }
}
