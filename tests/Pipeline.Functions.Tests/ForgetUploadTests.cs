using System.Net;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Tests;

public sealed class ForgetUploadTests
{
    private const string Deleted = "google.cloud.storage.object.v1.deleted";
    private const string Name = "users/u1/a.jpg";

    [Theory]
    [InlineData(Deleted)]
    [InlineData("google.cloud.storage.object.v1.archived")]
    public async Task Event_ObjectGone_MakesATombstoneAndRemovesTheLetter(string type)
    {
        await using var function = await RunningFunction.StartAsync<Serve>();
        var generation = await function.PutAsync(Name);
        function.Objects.Failure = ObjectStoreError.Unavailable;
        (await function.SendFinalizedAsync(Name, generation, "/events/storage")).Dispose();
        Assert.NotNull(await function.LetterAsync(Name));
        function.Remove(Name);

        using var response = await function.SendEventAsync(type, RunningFunction.Data(Name, generation), "/events/storage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("deleted", result["status"]);
        Assert.False(result.ContainsKey("error"));
        Assert.Null(await function.LetterAsync(Name));
    }

    [Fact]
    public async Task Event_OldGenerationOfAnOverwrite_ChangesNothing()
    {
        await using var function = await RunningFunction.StartAsync<Serve>();
        var old = await function.PutAsync(Name);
        var live = await function.PutAsync(Name, "another picture");
        Assert.NotEqual(old, live);
        (await function.SendFinalizedAsync(Name, live, "/events/storage")).Dispose();
        var version = await function.ResultVersionAsync(Name);

        using var response = await function.SendEventAsync(Deleted, RunningFunction.Data(Name, old), "/events/storage");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(version, await function.ResultVersionAsync(Name));
    }

    [Fact]
    public async Task Event_NameNeverSeen_MakesATombstone()
    {
        await using var function = await RunningFunction.StartAsync<ForgetUpload>();

        using var response = await function.SendEventAsync(Deleted, RunningFunction.Data(Name, 7));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("deleted", (await function.ResultAsync(Name))!["status"]);
    }

    [Fact]
    public async Task Event_UnusableData_IsParked()
    {
        await using var function = await RunningFunction.StartAsync<ForgetUpload>();

        using var response = await function.SendEventAsync(Deleted, "{");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(await function.LettersAsync());
    }
}
