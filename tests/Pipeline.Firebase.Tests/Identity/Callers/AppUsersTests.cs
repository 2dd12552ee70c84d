using Microsoft.Extensions.Time.Testing;
using Pipeline.Firebase.Identity.Callers;
using Pipeline.Testing.Identity;

namespace Pipeline.Firebase.Tests.Identity.Callers;

public sealed class AppUsersTests : IDisposable
{
    private const string Project = "demo-project";
    private const string Number = "123456789012";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestIssuer _issuer = new();
    private readonly HttpClient _http;

    public AppUsersTests()
    {
        // Certificates for users, a key set for apps: as each is published.
        _http = new HttpClient(new KeysByPath(path => path.Contains("x509", StringComparison.Ordinal) ? _issuer.Certificates(_time.GetUtcNow()) : _issuer.KeySet()));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_SignedInUser_IsNamed()
    {
        using var users = Create(new UserOptions { Project = Project });

        Assert.Equal("uid-1", await users.CheckAsync($"Bearer {_issuer.Sign(User())}", null, Cancellation));
    }

    [Fact]
    public async Task Check_NoToken_IsAnonymousWhereThatIsAllowed()
    {
        using var lenient = Create(new UserOptions { Project = Project });
        using var strict = Create(new UserOptions { Project = Project, SignInRequired = true });

        Assert.Null(await lenient.CheckAsync(null, null, Cancellation));
        await Assert.ThrowsAsync<TokenRefusedException>(async () => await strict.CheckAsync(null, null, Cancellation));
    }

    [Theory]
    [InlineData("iss", "https://securetoken.google.com/other")]
    [InlineData("aud", "other")]
    [InlineData("sub", "")]
    [InlineData("sub", null)]
    [InlineData("auth_time", null)]
    [InlineData("auth_time", 4102444800L)]
    [InlineData("exp", 1L)]
    [InlineData("iat", 4102444800L)]
    public async Task Check_ClaimIsWrong_Refuses(string claim, object? value)
    {
        using var users = Create(new UserOptions { Project = Project });
        var claims = User();
        claims[claim] = value;

        await Assert.ThrowsAsync<TokenRefusedException>(async () => await users.CheckAsync($"Bearer {_issuer.Sign(claims)}", null, Cancellation));
    }

    [Fact]
    public async Task Check_UnsignedOrForeign_Refuses()
    {
        using var foreign = new TestIssuer();
        using var users = Create(new UserOptions { Project = Project });

        await Assert.ThrowsAsync<TokenRefusedException>(async () => await users.CheckAsync($"Bearer {TestIssuer.Unsigned(User(), "none", null)}.", null, Cancellation));
        await Assert.ThrowsAsync<TokenRefusedException>(async () => await users.CheckAsync($"Bearer {foreign.Sign(User())}", null, Cancellation));
    }

    [Fact]
    public async Task Check_ProjectNotKnown_RefusesEveryToken()
    {
        using var users = Create(new UserOptions());

        await Assert.ThrowsAsync<TokenRefusedException>(async () => await users.CheckAsync($"Bearer {_issuer.Sign(User())}", null, Cancellation));
    }

    [Fact]
    public async Task Check_AppCheckEnforced_NeedsATokenOfTheProject()
    {
        using var users = Create(new UserOptions { AppCheckProjectNumber = Number });
        var good = App(Number);
        var other = App("999");

        Assert.Null(await users.CheckAsync(null, _issuer.Sign(good), Cancellation));
        await Assert.ThrowsAsync<TokenRefusedException>(async () => await users.CheckAsync(null, null, Cancellation));
        await Assert.ThrowsAsync<TokenRefusedException>(async () => await users.CheckAsync(null, "x", Cancellation));
        await Assert.ThrowsAsync<TokenRefusedException>(async () => await users.CheckAsync(null, _issuer.Sign(other), Cancellation));
    }

    public void Dispose()
    {
        _http.Dispose();
        _issuer.Dispose();
    }

    private AppUsers Create(UserOptions options) => new(options, _http, _time);

    private Dictionary<string, object?> User()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return new()
        {
            ["iss"] = $"https://securetoken.google.com/{Project}", ["aud"] = Project, ["sub"] = "uid-1",
            ["auth_time"] = now - 100, ["iat"] = now - 60, ["exp"] = now + 3540,
        };
    }

    private Dictionary<string, object?> App(string number)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return new()
        {
            ["iss"] = $"https://firebaseappcheck.googleapis.com/{number}", ["aud"] = new[] { $"projects/{number}", $"projects/{Project}" },
            ["sub"] = "1:1:web:1", ["iat"] = now - 60, ["exp"] = now + 3540,
        };
    }

    private sealed class KeysByPath(Func<string, string> keys) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(keys(request.RequestUri!.AbsolutePath)) });
    }
}
