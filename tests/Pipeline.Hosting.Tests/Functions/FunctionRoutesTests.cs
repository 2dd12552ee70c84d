using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.Tests.Support;

namespace Pipeline.Hosting.Tests.Functions;

public sealed class FunctionRoutesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/events/storage", "google.cloud.storage.object.v1.finalized")]
    [InlineData("/events/storage/", "google.cloud.storage.object.v1.deleted")]
    [InlineData("/Events/Storage", "google.cloud.storage.object.v1.archived")]
    [InlineData("/events/firestore", "google.cloud.firestore.document.v1.created")]
    public async Task Path_OfSeveralFunctions_GivesTheEventToTheOneThatKnowsIt(string path, string type)
    {
        await using var host = await StartAsync();

        using var response = await host.Client.SendAsync(EventRequests.Binary(type: type, path: path), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, Assert.Single(host.Received.Events).Type);
    }

    [Fact]
    public async Task Path_TypeThatNoneKnows_IsAcknowledged()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.SendAsync(
            EventRequests.Binary(type: "google.cloud.storage.object.v1.metadataUpdated", path: "/events/storage"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(host.Received.Events);
    }

    [Theory]
    [InlineData("/call", HttpStatusCode.Accepted)]
    [InlineData("/call/more", HttpStatusCode.NotFound)]
    [InlineData("/", HttpStatusCode.NotFound)]
    [InlineData("/events", HttpStatusCode.NotFound)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    public async Task Path_Other_IsAnswered(string path, HttpStatusCode expected)
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync(path, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    private static Task<RunningHost> StartAsync() =>
        RunningHost.StartAsync<ByPath>(services => services.AddSingleton<RequestDelegate>(context =>
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        }));
}
