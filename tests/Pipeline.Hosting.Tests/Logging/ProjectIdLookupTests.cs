using System.Net;
using Pipeline.Hosting.Logging;

namespace Pipeline.Hosting.Tests.Logging;

public sealed class ProjectIdLookupTests
{
    private static readonly HostingOptions Json = new() { JsonLogs = true };

    [Theory]
    [InlineData(HttpStatusCode.OK, "some-project", "some-project")]
    [InlineData(HttpStatusCode.OK, "example.com:some-project", "example.com:some-project")]
    [InlineData(HttpStatusCode.OK, "", null)]
    [InlineData(HttpStatusCode.OK, "<html>captive portal</html>", null)]
    [InlineData(HttpStatusCode.NotFound, "some-project", null)]
    public async Task Start_Answer_IsTakenWhereItIsAProject(HttpStatusCode status, string answer, string? expected)
    {
        var projectId = await LookUpAsync(Json, request =>
        {
            Assert.Equal("Google", request.Headers.GetValues("Metadata-Flavor").Single());
            return new HttpResponseMessage(status) { Content = new StringContent(answer) };
        });

        Assert.Equal(expected, projectId.Value);
    }

    [Fact]
    public async Task Start_NoServer_LeavesItUnknown() =>
        Assert.Null((await LookUpAsync(Json, _ => throw new HttpRequestException("no such host"))).Value);

    [Fact]
    public async Task Start_Configured_AsksNobody()
    {
        var projectId = await LookUpAsync(Json with { ProjectId = "mine" }, _ => throw new InvalidOperationException("Somebody was asked."));

        Assert.Equal("mine", projectId.Value);
    }

    [Fact]
    public async Task Start_LogsForPeople_AsksNobody() =>
        Assert.Null((await LookUpAsync(new HostingOptions(), _ => throw new InvalidOperationException("Somebody was asked."))).Value);

    private static async Task<ProjectId> LookUpAsync(HostingOptions options, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        var projectId = new ProjectId(options);
        using var handler = new Handler(answer);
        using var lookup = new ProjectIdLookup(projectId, options, handler);
        await lookup.StartAsync(TestContext.Current.CancellationToken);
        await lookup.ExecuteTask!;
        return projectId;
    }

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
