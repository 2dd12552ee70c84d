using System.Net;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Tests.BadInput;

public sealed class VanishedObjectTests
{
    private const string Name = "users/u1/a.jpg";

    [Fact]
    public async Task Upload_ObjectGone_Is200AndATombstone()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);
        function.Remove(Name);

        using var response = await function.SendFinalizedAsync(Name, generation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("deleted", result["status"]);
        Assert.Equal(generation, result["generation"]);
        Assert.DoesNotContain(result.Keys, key => key is "label" or "error" or "image" or "lease");
        Assert.Empty(await function.LettersAsync());
        Assert.Empty(function.Classifier.Requests);
        await Outcome.AssertNextIsClassifiedAsync(function, "/");
    }

    [Fact]
    public async Task Upload_ObjectReplaced_ClassifiesWhatIsLive()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var old = await function.PutAsync(Name);
        var live = await function.PutAsync(Name, "another picture");

        using var response = await function.SendFinalizedAsync(Name, old);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("classified", result["status"]);
        Assert.Equal(live, result["generation"]);
    }

    [Fact]
    public async Task Maintain_ObjectGoneWhileItsLetterWaited_IsATombstoneWithoutALetter()
    {
        await using var function = await RunningFunction.StartAsync<Serve>();
        var generation = await function.PutAsync(Name);
        function.Objects.Failure = ObjectStoreError.Unavailable;
        (await function.SendFinalizedAsync(Name, generation, "/events/storage")).Dispose();
        function.Objects.Failure = null;
        function.Remove(Name);

        await Outcome.SweepUntilAsync(function, async () => await function.LetterAsync(Name) is null);

        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("deleted", result["status"]);
        Assert.False(result.ContainsKey("error"));
        await Outcome.AssertNextIsClassifiedAsync(function, "/events/storage");
    }
}
