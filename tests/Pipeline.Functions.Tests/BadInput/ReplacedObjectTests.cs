using System.Net;
using System.Text;
using Pipeline.Functions.Tests.Support;

namespace Pipeline.Functions.Tests.BadInput;

/// <summary>Between an event and the reading of its object somebody writes another object, or none: no result speaks of bytes that it was not made of.</summary>
public sealed class ReplacedObjectTests
{
    private const string Name = "users/u1/a.jpg";

    [Fact]
    public async Task Upload_ObjectReplacedWhileItIsRead_IsTheNewOnesResultWhateverComesNext()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var old = await function.PutAsync(Name, "the old picture");
        long live = 0;
        function.Objects.Meanwhile = async () => live = await function.PutAsync(Name, "the new picture");

        using var response = await function.SendFinalizedAsync(Name, old);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("classified", result["status"]);
        Assert.Equal(live, result["generation"]);
        Assert.Equal(1L, result["attempts"]);
        Assert.Equal("the new picture", Encoding.UTF8.GetString(Assert.Single(function.Classifier.Requests).Content.Span));
        var version = await function.ResultVersionAsync(Name);
        foreach (var (generation, id) in new[] { (live, "event-2"), (old, "event-1"), (old, "event-3") })
        {
            using var next = await function.SendFinalizedAsync(Name, generation, id: id);
            Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        }

        Assert.Equal(version, await function.ResultVersionAsync(Name));
        Assert.Single(function.Classifier.Requests);
        Assert.Empty(await function.LettersAsync());
    }

    [Fact]
    public async Task Upload_ObjectReplacedAndTheNewOneUnreadable_KeepsNothingOfTheOldOne()
    {
        await using var function = await RunningFunction.StartAsync<Serve>(new() { ["Pipeline:Retries:FirstDelay"] = "1s" });
        var old = await function.PutAsync(Name, "the old picture");
        (await function.SendFinalizedAsync(Name, old, "/events/storage")).Dispose();
        var live = await function.PutAsync(Name, "the new picture");
        function.Objects.Failure = Worker.Uploads.ObjectStoreError.Unavailable;

        using var response = await function.SendFinalizedAsync(Name, live, "/events/storage", "event-2");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Outcome.AssertRetryingAsync(function, Name, "OBJECT_UNAVAILABLE", 1, TimeSpan.FromSeconds(1));
        Assert.Equal(live, (await function.ResultAsync(Name))!["generation"]);
        function.Objects.Failure = null;
        await Outcome.AssertHealsAsync(function, Name, 2);
    }

    [Fact]
    public async Task Upload_ObjectDeletedWhileItIsRead_IsATombstone()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);
        function.Objects.Meanwhile = () =>
        {
            function.Remove(Name);
            return Task.CompletedTask;
        };

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
}
