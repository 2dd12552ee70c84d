using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Functions.Tests.Support;
using Pipeline.Testing.Identity;

namespace Pipeline.Functions.Tests;

/// <summary>Closed doors with tokens that are verified here, the issuer's keys on a server of this machine.</summary>
public sealed class CallerTests : IAsyncLifetime
{
    private const string Audience = "https://worker-abc.a.run.app";
    private const string Account = "pipeline-events@demo.iam.gserviceaccount.com";

    private readonly TestIssuer _issuer = new();
    private WebApplication _keys = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _keys = builder.Build();
        _keys.Run(context => context.Response.WriteAsync(_issuer.KeySet(), context.RequestAborted));
        await _keys.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _keys.StopAsync(CancellationToken.None);
        await _keys.DisposeAsync();
        _issuer.Dispose();
    }

    [Theory]
    [InlineData("/events/storage")]
    [InlineData("/events/firestore")]
    [InlineData("/events/dead-letters")]
    [InlineData("/maintain")]
    public async Task ClosedDoor_WithoutAToken_Is401BeforeAnythingIsRead(string path)
    {
        await using var function = await RunningFunction.StartAsync<Serve>(Settings());

        using var response = await function.Client.PostAsync(path, new StringContent("{"), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(0, function.Classifier.WarmUps);
    }

    [Fact]
    public async Task Event_WithAToken_IsClassified_AndInTheAddressItDoesNotCount()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>(Settings());
        var generation = await function.PutAsync("users/a/cat.jpg");

        using var refused = await function.SendFinalizedAsync("users/a/cat.jpg", generation, $"/?access_token={Token()}");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Null(await function.ResultAsync("users/a/cat.jpg"));

        function.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        using var taken = await function.SendFinalizedAsync("users/a/cat.jpg", generation);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.NotNull(await function.ResultAsync("users/a/cat.jpg"));
    }

    [Fact]
    public async Task Event_OfAnotherAccount_Is403()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>(Settings());
        function.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token("other@demo.iam.gserviceaccount.com"));

        using var response = await function.SendFinalizedAsync("users/a/cat.jpg", 1);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task WarmUp_OfAnOpenFunction_NeedsAToken()
    {
        await using var function = await RunningFunction.StartAsync<Classify>(Settings());

        using var refused = await function.SendEventAsync("pipeline.warmup", "");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        function.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        using var warmed = await function.SendEventAsync("pipeline.warmup", "");
        Assert.Equal(HttpStatusCode.OK, warmed.StatusCode);
        Assert.Equal(1, function.Classifier.WarmUps);
    }

    [Fact]
    public async Task Call_OfAUser_NeedsNoServiceAccount()
    {
        await using var function = await RunningFunction.StartAsync<Classify>(Settings());

        using var anonymous = await CallAsync(function, null);
        using var user = await CallAsync(function, User());
        using var service = await CallAsync(function, Token());

        Assert.Equal(HttpStatusCode.OK, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.OK, user.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, service.StatusCode);
        Assert.Contains("\"UNAUTHENTICATED\"", await service.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_OutOfReach_Is503()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>(Settings());
        await _keys.StopAsync(Cancellation);
        function.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token());

        using var response = await function.SendFinalizedAsync("users/a/cat.jpg", 1);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Maintain_WarmsOthers_AndReportsEach()
    {
        await using var function = await RunningFunction.StartAsync<Maintain>(new()
        {
            ["Pipeline:WarmUp:Urls:0"] = Address(),
            ["Pipeline:WarmUp:Urls:1"] = "http://127.0.0.1:1/",
        });

        var report = await function.MaintainAsync();

        var warmUps = report.GetProperty("warmUps");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, warmUps[0].GetProperty("error").ValueKind);
        Assert.Equal("http://127.0.0.1:1/", warmUps[1].GetProperty("url").GetString());
        Assert.NotEmpty(warmUps[1].GetProperty("error").GetString()!);
    }

    private string Address() => $"{_keys.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()}/";

    private Dictionary<string, string?> Settings() => new()
    {
        ["Pipeline:Callers:Mode"] = "verify",
        ["Pipeline:Callers:Audiences:0"] = Audience,
        ["Pipeline:Callers:Accounts:0"] = Account,
        ["Pipeline:Callers:Keys"] = Address(),
        ["Pipeline:Users:Project"] = "demo-project",
        ["Pipeline:Users:Keys"] = Address(),
    };

    private string Token(string account = Account) => _issuer.Sign(new Dictionary<string, object?>(Times())
    {
        ["iss"] = "https://accounts.google.com", ["aud"] = Audience, ["sub"] = "1", ["email"] = account, ["email_verified"] = true,
    });

    private string User() => _issuer.Sign(new Dictionary<string, object?>(Times())
    {
        ["iss"] = "https://securetoken.google.com/demo-project", ["aud"] = "demo-project", ["sub"] = "uid-1", ["auth_time"] = Times()["iat"],
    });

    private static Dictionary<string, object?> Times()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new() { ["iat"] = now - 10, ["exp"] = now + 600 };
    }

    private static Task<HttpResponseMessage> CallAsync(RunningFunction function, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("""{"data":{"image":"AAAA"}}""", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return function.Client.SendAsync(request, Cancellation);
    }
}
