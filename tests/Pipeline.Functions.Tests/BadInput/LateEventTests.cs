using System.Net;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Tests.BadInput;

/// <summary>Age never refuses an event: what counts is whether its generation is live.</summary>
public sealed class LateEventTests
{
    private const string Name = "users/u1/a.jpg";

    private static readonly TimeSpan Day = TimeSpan.FromHours(25);

    private static DateTimeOffset Yesterday => TimeProvider.System.GetUtcNow() - Day;

    [Fact]
    public async Task Event_OfADayAgo_IsClassifiedAndSaysHowLongItWaited()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);

        using var response = await function.SendFinalizedAsync(Name, generation, time: Yesterday);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("classified", result["status"]);
        Assert.InRange(QueueMs(result["timings"]), Day.TotalMilliseconds, (Day + FunctionProcess.Patience).TotalMilliseconds);
    }

    [Fact]
    public async Task Event_DeliveredAgainADayLater_ChangesNothing()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);
        (await function.SendFinalizedAsync(Name, generation, time: Yesterday)).Dispose();
        var version = await function.ResultVersionAsync(Name);

        using var again = await function.SendFinalizedAsync(Name, generation, time: Yesterday);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(version, await function.ResultVersionAsync(Name));
        Assert.Single(function.Classifier.Requests);
    }

    [Fact]
    public async Task Event_OfADayAgoWhoseObjectIsReplacedSince_LeavesTheNewResult()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var old = await function.PutAsync(Name, "the old picture");
        var live = await function.PutAsync(Name, "the new picture");
        (await function.SendFinalizedAsync(Name, live, id: "event-2")).Dispose();
        var version = await function.ResultVersionAsync(Name);

        using var late = await function.SendFinalizedAsync(Name, old, time: Yesterday);

        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Equal(version, await function.ResultVersionAsync(Name));
        Assert.Single(function.Classifier.Requests);
    }

    [Fact]
    public async Task Event_OfADayAgoWhoseObjectIsDeletedSince_KeepsTheTombstone()
    {
        await using var function = await RunningFunction.StartAsync<Serve>();
        var generation = await function.PutAsync(Name);
        (await function.SendFinalizedAsync(Name, generation, "/events/storage")).Dispose();
        function.Remove(Name);
        (await function.SendEventAsync("google.cloud.storage.object.v1.deleted", RunningFunction.Data(Name, generation), "/events/storage", "event-2")).Dispose();

        using var late = await function.SendFinalizedAsync(Name, generation, "/events/storage", time: Yesterday);

        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        var result = (await function.ResultAsync(Name))!;
        Assert.Equal("deleted", result["status"]);
        Assert.False(result.ContainsKey("label"));
    }

    [Fact]
    public async Task Event_OfTomorrow_HasNotWaited()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);

        using var response = await function.SendFinalizedAsync(Name, generation, time: TimeProvider.System.GetUtcNow() + Day);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, QueueMs((await function.ResultAsync(Name))!["timings"]));
    }

    private static double QueueMs(DocumentValue timings) => Assert.IsType<DocumentValue.DoubleValue>(Assert.IsType<DocumentValue.MapValue>(timings).Fields["queueMs"]).Value;
}
