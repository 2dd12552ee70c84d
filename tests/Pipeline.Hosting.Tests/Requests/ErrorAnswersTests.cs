using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.Functions;
using Pipeline.Hosting.Requests;
using Pipeline.Hosting.Tests.Support;

namespace Pipeline.Hosting.Tests.Requests;

public sealed class ErrorAnswersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, "1")]
    [InlineData(0.2, "1")]
    [InlineData(2.1, "3")]
    [InlineData(30, "30")]
    public async Task Function_AsksToRetryLater_Is503WithTheSeconds(double seconds, string expected)
    {
        var (response, _) = await SendAsync(() => throw new RetryLaterException("The store is locked.", TimeSpan.FromSeconds(seconds)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(expected, response.Headers.GetValues("Retry-After").Single());
        Assert.Equal("The store is locked.", await EventRequests.ReasonAsync(response));
    }

    [Fact]
    public async Task Function_Fails_Is500WithoutItsMessageAndLoggedWithItsStack()
    {
        var (response, logs) = await SendAsync(() => throw new InvalidOperationException("secret at /etc/passwd"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", await EventRequests.ReasonAsync(response), StringComparison.Ordinal);
        var entry = Assert.Single(logs, entry => entry.Contains("\"severity\":\"ERROR\"", StringComparison.Ordinal));
        Assert.Contains("secret", entry, StringComparison.Ordinal);
        Assert.Contains("   at ", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_CancelledByItself_Is500()
    {
        var (response, _) = await SendAsync(() => throw new OperationCanceledException());

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Function_Refuses_IsLoggedWithoutStack()
    {
        var (response, logs) = await SendAsync(() => throw InvalidRequestException.TooLarge(7));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains(logs, entry => entry.Contains("\"severity\":\"WARNING\"", StringComparison.Ordinal));
        Assert.DoesNotContain(logs, entry => entry.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HttpFunction_FailsAfterItsAnswerBegan_IsCutOff()
    {
        await using var host = await RunningHost.StartOnKestrelAsync<ScriptedHttp>(services => services.AddSingleton<RequestDelegate>(async context =>
        {
            await context.Response.WriteAsync("begun", Cancellation);
            await context.Response.Body.FlushAsync(Cancellation);
            throw new InvalidOperationException("too late");
        }));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Client.GetStringAsync("/", Cancellation));
    }

    private static async Task<(HttpResponseMessage Response, IReadOnlyCollection<string> Logs)> SendAsync(Action act)
    {
        await using var host = await RunningHost.StartAsync<ScriptedEvents>(services => services.AddSingleton<EventScript>((_, _) =>
        {
            act();
            return Task.CompletedTask;
        }));
        var response = await host.Client.SendAsync(EventRequests.Binary(), Cancellation);
        await response.Content.LoadIntoBufferAsync(Cancellation);
        return (response, host.Logs.Entries);
    }
}
