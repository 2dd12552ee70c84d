using Microsoft.Extensions.Time.Testing;
using Pipeline.Firebase.Identity.Callers;
using Pipeline.Firebase.Tests.Support;
using Pipeline.Testing.Identity;

namespace Pipeline.Firebase.Tests.Identity.Callers;

public sealed class ServiceCallersTests : IDisposable
{
    private const string Audience = "https://maintain-abc.a.run.app";
    private const string Account = "pipeline-scheduler@demo.iam.gserviceaccount.com";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestIssuer _issuer = new();
    private readonly PublishedKeys _published;
    private readonly HttpClient _http;

    public ServiceCallersTests()
    {
        _published = new PublishedKeys { Keys = _issuer.KeySet };
        _http = new HttpClient(_published);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, object?> BadClaims => new()
    {
        { "aud", "https://other.example" },
        { "aud", null },
        { "iss", "https://accounts.google.com.evil.example" },
        { "iss", null },
        { "exp", -300L },
        { "exp", null },
        { "iat", 300L },
        { "iat", null },
        { "nbf", 300L },
    };

    [Fact]
    public async Task Check_GoodToken_LetsIn()
    {
        using var callers = Verifying();

        await callers.CheckAsync($"Bearer {_issuer.Sign(Claims())}", Cancellation);
        await callers.CheckAsync($"bearer {_issuer.Sign(Claims(("aud", new[] { "x", Audience })))}", Cancellation);

        Assert.Equal(1, _published.Requests);
    }

    [Theory]
    [MemberData(nameof(BadClaims))]
    public async Task Check_ClaimIsWrong_Refuses(string claim, object? value)
    {
        using var callers = Verifying();
        var moved = value is long seconds ? _time.GetUtcNow().ToUnixTimeSeconds() + seconds : value;

        await RefusedAsync(callers, $"Bearer {_issuer.Sign(Claims((claim, moved)))}", isForbidden: false);
    }

    [Theory]
    [InlineData("exp", -29)]
    [InlineData("iat", 29)]
    public async Task Check_ClocksApartWithinTheTolerance_LetsIn(string claim, long seconds)
    {
        using var callers = Verifying();

        await callers.CheckAsync($"Bearer {_issuer.Sign(Claims((claim, _time.GetUtcNow().ToUnixTimeSeconds() + seconds)))}", Cancellation);
    }

    [Theory]
    [InlineData("email", "other@demo.iam.gserviceaccount.com")]
    [InlineData("email", null)]
    [InlineData("email_verified", false)]
    [InlineData("email_verified", null)]
    [InlineData("email_verified", "true")]
    public async Task Check_AccountMayNotCall_Forbids(string claim, object? value)
    {
        using var callers = Verifying();

        await RefusedAsync(callers, $"Bearer {_issuer.Sign(Claims((claim, value)))}", isForbidden: true);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer x.y")]
    [InlineData("Bearer x.y.z")]
    [InlineData("Bearer e30.e30.e30")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task Check_NoToken_Refuses(string? header)
    {
        using var callers = Verifying();

        await RefusedAsync(callers, header, isForbidden: false);
        Assert.Equal(0, _published.Requests);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("RS384")]
    [InlineData("ES256")]
    public async Task Check_AnotherAlgorithm_Refuses(string algorithm)
    {
        using var callers = Verifying();

        await RefusedAsync(callers, $"Bearer {TestIssuer.Unsigned(Claims(), algorithm, _issuer.KeyId)}.", isForbidden: false);
        await RefusedAsync(callers, $"Bearer {_issuer.Sign(Claims(), algorithm)}", isForbidden: false);
    }

    [Fact]
    public async Task Check_ForeignKey_Refuses()
    {
        using var foreign = new TestIssuer();
        using var callers = Verifying();

        await RefusedAsync(callers, $"Bearer {foreign.Sign(Claims(), keyId: _issuer.KeyId)}", isForbidden: false);
        await RefusedAsync(callers, $"Bearer {foreign.Sign(Claims(), keyId: "unknown")}", isForbidden: false);
    }

    [Fact]
    public async Task Check_ChangedClaims_Refuses()
    {
        using var callers = Verifying();
        var signature = _issuer.Sign(Claims()).Split('.')[2];

        await RefusedAsync(callers, $"Bearer {TestIssuer.Unsigned(Claims(("email", "x@y.z")), "RS256", _issuer.KeyId)}.{signature}", isForbidden: false);
    }

    [Fact]
    public async Task Check_KeyJustRotated_AsksForKeysOnce()
    {
        using var callers = Verifying();
        await callers.CheckAsync($"Bearer {_issuer.Sign(Claims())}", Cancellation);
        _issuer.Rotate();

        await callers.CheckAsync($"Bearer {_issuer.Sign(Claims())}", Cancellation);
        await callers.CheckAsync($"Bearer {_issuer.Sign(Claims())}", Cancellation);

        Assert.Equal(2, _published.Requests);
    }

    [Fact]
    public async Task Check_ManyUnknownKeys_DoNotMakeManyRequests()
    {
        using var callers = Verifying();
        await callers.CheckAsync($"Bearer {_issuer.Sign(Claims())}", Cancellation);

        for (var index = 0; index < 20; index++)
        {
            await RefusedAsync(callers, $"Bearer {_issuer.Sign(Claims(), keyId: $"unknown-{index}")}", isForbidden: false);
        }

        Assert.Equal(2, _published.Requests);
    }

    [Fact]
    public async Task Check_KeysAreOld_AsksAgainAndKeepsThemWhereTheIssuerIsDown()
    {
        using var callers = Verifying();
        await callers.CheckAsync($"Bearer {_issuer.Sign(Claims())}", Cancellation);
        _time.Advance(TimeSpan.FromHours(7));
        _published.IsDown = true;

        await callers.CheckAsync($"Bearer {_issuer.Sign(Claims())}", Cancellation);

        Assert.Equal(2, _published.Requests);
    }

    [Fact]
    public async Task Check_NoKeysCanBeHad_SaysSo()
    {
        using var callers = Verifying();
        _published.IsDown = true;

        await Assert.ThrowsAsync<KeysUnavailableException>(async () => await callers.CheckAsync($"Bearer {_issuer.Sign(Claims())}", Cancellation));

        _published.IsDown = false;
        await callers.CheckAsync($"Bearer {_issuer.Sign(Claims())}", Cancellation);
    }

    [Fact]
    public async Task Check_SignatureTakenAwayByThePlatform_CountsOnlyWhereConfigured()
    {
        var header = $"Bearer {TestIssuer.Unsigned(Claims(), "RS256", _issuer.KeyId)}.SIGNATURE_REMOVED_BY_GOOGLE";
        using var verifying = Verifying();
        using var strict = Create(new CallerOptions { Mode = CallerMode.Platform, Accounts = [Account] });
        using var accepting = Create(new CallerOptions { Mode = CallerMode.Platform, Accounts = [Account], AcceptRemovedSignature = true });

        await RefusedAsync(verifying, header, isForbidden: false);
        await RefusedAsync(strict, header, isForbidden: false);
        await accepting.CheckAsync(header, Cancellation);
        await RefusedAsync(accepting, $"Bearer {TestIssuer.Unsigned(Claims(("email", "x@y.z")), "RS256", _issuer.KeyId)}.SIGNATURE_REMOVED_BY_GOOGLE", isForbidden: true);
        await RefusedAsync(accepting, $"Bearer {TestIssuer.Unsigned(Claims(), "RS256", _issuer.KeyId)}.", isForbidden: false);
    }

    [Fact]
    public async Task Check_OpenDoors_LetEverybodyIn()
    {
        using var callers = Create(new CallerOptions());

        await callers.CheckAsync(null, Cancellation);
    }

    [Fact]
    public void Validate_VerifyWithoutAudienceAndAccount_NamesBoth()
    {
        var errors = new CallerOptions { Mode = CallerMode.Verify, AcceptRemovedSignature = true, ClockTolerance = TimeSpan.FromHours(1) }.Validate().ToArray();

        Assert.Collection(
            errors,
            error => Assert.StartsWith("Audiences", error, StringComparison.Ordinal),
            error => Assert.StartsWith("Accounts", error, StringComparison.Ordinal),
            error => Assert.StartsWith("AcceptRemovedSignature", error, StringComparison.Ordinal),
            error => Assert.StartsWith("ClockTolerance", error, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _http.Dispose();
        _published.Dispose();
        _issuer.Dispose();
    }

    private static async Task RefusedAsync(ServiceCallers callers, string? header, bool isForbidden)
    {
        var exception = await Assert.ThrowsAsync<TokenRefusedException>(async () => await callers.CheckAsync(header, Cancellation));
        Assert.Equal(isForbidden, exception.IsForbidden);
    }

    private ServiceCallers Verifying() => Create(new CallerOptions { Mode = CallerMode.Verify, Audiences = [Audience], Accounts = [Account] });

    private ServiceCallers Create(CallerOptions options) => new(options, _http, _time);

    private Dictionary<string, object?> Claims(params (string Name, object? Value)[] changes)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = "https://accounts.google.com",
            ["aud"] = Audience,
            ["sub"] = "1234567890",
            ["email"] = Account,
            ["email_verified"] = true,
            ["iat"] = now - 60,
            ["exp"] = now + 3540,
        };
        foreach (var (name, value) in changes)
        {
            claims[name] = value;
        }

        return claims;
    }
}
