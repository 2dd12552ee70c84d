using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Microsoft.AspNetCore.Http;
using Pipeline.Firebase.Identity;
using Pipeline.Firebase.Tests.Support;

namespace Pipeline.Firebase.Tests.Identity;

/// <summary>Tokens as Google's library gets them, from servers that a test plays.</summary>
public sealed class GoogleAccessTokensTests
{
    private const int Hour = 3600;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_MetadataServer_IsAskedOnceForManyCallers()
    {
        await using var server = await ScriptedServer.StartAsync(Token("first", Hour), Token("second", Hour));
        using var tokens = OnMetadataServer(server);

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tokens.GetAsync(null, Cancellation).AsTask()));

        Assert.All(all, token => Assert.Equal("first", token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Get_TokenAboutToEnd_IsRenewedBeforeItDoes()
    {
        await using var server = await ScriptedServer.StartAsync(Token("ends in a minute", 60), Token("next", Hour));
        using var tokens = OnMetadataServer(server);

        await tokens.GetAsync(null, Cancellation);

        Assert.Equal("next", await tokens.GetAsync(null, Cancellation));
    }

    [Fact]
    public async Task Get_TokenThatWasRefused_IsReplacedOnceForManyCallers()
    {
        await using var server = await ScriptedServer.StartAsync(Token("withdrawn", Hour), Token("new", Hour));
        using var tokens = OnMetadataServer(server);
        await tokens.GetAsync(null, Cancellation);

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => tokens.GetAsync("withdrawn", Cancellation).AsTask()));

        Assert.All(all, token => Assert.Equal("new", token));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Get_NoCredentials_IsFinalUntilAskedAgain()
    {
        var isThere = false;
        await using var server = await ScriptedServer.StartAsync(Token("first", Hour));
        using var tokens = new GoogleAccessTokens(_ => isThere
            ? Task.FromResult(MetadataCredential(server.Address))
            : Task.FromException<GoogleCredential>(new InvalidOperationException("Your default credentials were not found.")));

        var exception = await Assert.ThrowsAsync<AccessTokenException>(() => tokens.GetAsync(null, Cancellation).AsTask());
        isThere = true;

        Assert.False(exception.IsTransient);
        Assert.Contains("not found", exception.Message, StringComparison.Ordinal);
        Assert.Equal("first", await tokens.GetAsync(null, Cancellation));
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(500, true)]
    public async Task Get_ServerThatRefuses_IsFinalOrNot(int code, bool isTransient)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer("""{"error":"invalid_grant","error_description":"Account has been deleted"}""", code));
        using var tokens = OnMetadataServer(server);

        var exception = await Assert.ThrowsAsync<AccessTokenException>(() => tokens.GetAsync(null, Cancellation).AsTask());

        Assert.Equal(isTransient, exception.IsTransient);
    }

    [Fact]
    public async Task Get_MetadataServerDown_MayPass()
    {
        Uri nobody;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            nobody = new Uri($"http://{listener.LocalEndpoint}/");
        }

        await using var breaking = await ScriptedServer.StartAsync(ScriptedServer.Break());
        foreach (var address in new[] { nobody, breaking.Address })
        {
            using var tokens = new GoogleAccessTokens(_ => Task.FromResult(MetadataCredential(address)));

            var exception = await Assert.ThrowsAsync<AccessTokenException>(() => tokens.GetAsync(null, Cancellation).AsTask());

            Assert.True(exception.IsTransient, exception.Message);
        }
    }

    [Fact]
    public async Task Get_MetadataServerAnswersNonsense_MayPass()
    {
        foreach (var answer in new[] { "", "<html>", "[]", "null", "{}", """{"access_token":""}""" })
        {
            await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(answer));
            using var tokens = OnMetadataServer(server);

            var exception = await Assert.ThrowsAsync<AccessTokenException>(() => tokens.GetAsync(null, Cancellation).AsTask());

            Assert.True(exception.IsTransient, $"{answer}: {exception.Message}");
        }
    }

    [Fact]
    public async Task Get_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            await cancellation.CancelAsync();
            await ScriptedServer.Silence(context);
        });
        using var tokens = OnMetadataServer(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tokens.GetAsync(null, cancellation.Token).AsTask());
    }

    [Fact]
    public async Task Get_KeyFileOfTheEnvironment_IsUsedWithOurScope()
    {
        const string Variable = "GOOGLE_APPLICATION_CREDENTIALS";
        await using var server = await ScriptedServer.StartAsync(Token("of the file", Hour));
        using var key = RSA.Create(2048);
        var file = Path.GetTempFileName();
        var before = Environment.GetEnvironmentVariable(Variable);
        try
        {
            await File.WriteAllTextAsync(
                file,
                JsonSerializer.Serialize(new
                {
                    type = "service_account",
                    project_id = "demo-p",
                    private_key_id = "1",
                    private_key = key.ExportPkcs8PrivateKeyPem(),
                    client_email = "worker@demo-p.iam.gserviceaccount.com",
                    token_uri = server.Address.ToString(),
                    quota_project_id = "billed-here",
                }),
                Cancellation);
            Environment.SetEnvironmentVariable(Variable, file);
            using var tokens = new GoogleAccessTokens("https://www.googleapis.com/auth/datastore");

            Assert.Null(tokens.QuotaProject);
            Assert.Equal("of the file", await tokens.GetAsync(null, Cancellation));
            Assert.Equal("billed-here", tokens.QuotaProject);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
            File.Delete(file);
        }

        var body = Assert.Single(server.Requests).Body;
        var assertion = body.Split('&').Single(part => part.StartsWith("assertion=", StringComparison.Ordinal)).Split('=', 2)[1].Split('.')[1];
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(assertion));
        Assert.Equal("https://www.googleapis.com/auth/datastore", claims.RootElement.GetProperty("scope").GetString());
        Assert.Equal("worker@demo-p.iam.gserviceaccount.com", claims.RootElement.GetProperty("iss").GetString());
    }

    private static Func<HttpContext, Task> Token(string token, int seconds) =>
        ScriptedServer.Answer($$"""{"access_token":"{{token}}","expires_in":{{seconds}},"token_type":"Bearer"}""");

    private static GoogleAccessTokens OnMetadataServer(ScriptedServer server) => new(_ => Task.FromResult(MetadataCredential(server.Address)));

    private static GoogleCredential MetadataCredential(Uri server) =>
        GoogleCredential.FromComputeCredential(new ComputeCredential(new ComputeCredential.Initializer(new Uri(server, "token").ToString())));
}
