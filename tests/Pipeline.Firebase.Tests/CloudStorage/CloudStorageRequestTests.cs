using Pipeline.Firebase.CloudStorage;
using Pipeline.Firebase.Identity;
using Pipeline.Firebase.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.Tests.CloudStorage;

/// <summary>What is sent, and with which token.</summary>
public sealed class CloudStorageRequestTests
{
    [Fact]
    public async Task Requests_NameWithReservedCharacters_IsOneSegmentOfThePath()
    {
        await using var server = await ScriptedServer.StartAsync(new ScriptedBucket().AnswerAsync);
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));
        const string name = "a/b c?#%2F+é";

        await Assert.ThrowsAsync<ObjectStoreException>(() => store.DownloadAsync(new ObjectVersion("photos", name, 7), 1, TestContext.Current.CancellationToken));
        Assert.Null(await store.FindLiveAsync("photos", name, TestContext.Current.CancellationToken));

        const string path = "/storage/v1/b/photos/o/a%2Fb%20c%3F%23%252F%2B%C3%A9";
        Assert.Equal($"{path}?ifGenerationMatch=7&alt=media", server.Requests[0].Target);
        Assert.Equal(path, server.Requests[1].Target.Split('?')[0]);
    }

    [Theory]
    [InlineData("photos", ".")]
    [InlineData("photos", "..")]
    [InlineData("../o", "a")]
    [InlineData("photos/o/x?", "a")]
    [InlineData("", "a")]
    [InlineData("ab", "a")]
    [InlineData("photos\n", "a")]
    public async Task Requests_NamesThatWouldLeadElsewhere_AreNeverSent(string bucket, string name)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedObjects.Media());
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        await Assert.ThrowsAsync<ObjectStoreException>(() => store.DownloadAsync(new ObjectVersion(bucket, name, 1), 10, TestContext.Current.CancellationToken));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Requests_RefusedToken_IsReplacedOnce()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer("{}", 401), ScriptedObjects.Media());
        using var tokens = new ScriptedTokens("old", "new");
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address), tokens);

        await ScriptedObjects.ReadAsync(store);

        Assert.Equal(["Bearer old", "Bearer new"], server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Requests_ProjectOfTheTokensQuota_IsNamed()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer("{}", 401), ScriptedObjects.Media());
        using var tokens = new ScriptedTokens("old", "new") { QuotaProject = "my-quota" };
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address), tokens);

        await ScriptedObjects.ReadAsync(store);

        Assert.Equal(["my-quota", "my-quota"], server.Requests.Select(request => request.QuotaProject));
    }

    [Theory]
    [InlineData(true, ObjectStoreError.Unavailable, 3)]
    [InlineData(false, ObjectStoreError.PermissionDenied, 1)]
    public async Task Requests_NoToken_SayWhetherItMayPass(bool isTransient, ObjectStoreError expected, int asked)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedObjects.Media());
        using var tokens = new ScriptedTokens("never") { Failure = new AccessTokenException(isTransient, "the test says so.") };
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address), tokens);

        Assert.Equal(expected, await ScriptedObjects.FailToReadAsync(store));
        Assert.Equal(asked, tokens.Asked);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Requests_Redirect_TakesNoTokenElsewhere()
    {
        await using var other = await ScriptedServer.StartAsync(ScriptedObjects.Media());
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.Redirect(other.Address.AbsoluteUri);
            return Task.CompletedTask;
        });
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        Assert.Equal(ObjectStoreError.Unavailable, await ScriptedObjects.FailToReadAsync(store));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task OpenAsync_NobodyListens_IsUnavailable()
    {
        Uri address;
        await using (var server = await ScriptedServer.StartAsync(ScriptedObjects.Media()))
        {
            address = server.Address;
        }

        using var store = ScriptedObjects.Create(ScriptedObjects.Options(address));
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.OpenAsync(["photos"], TestContext.Current.CancellationToken));

        Assert.Equal(ObjectStoreError.Unavailable, failure.Error);
    }

    [Fact]
    public async Task OpenAsync_OneBucketMissing_IsRefused()
    {
        await using var server = await ScriptedServer.StartAsync(new ScriptedBucket().AnswerAsync);
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        await store.OpenAsync(["photos"], TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.OpenAsync(["photos", "others"], TestContext.Current.CancellationToken));

        Assert.Equal((ObjectStoreError.PermissionDenied, "others"), (failure.Error, failure.Bucket));
    }

    [Theory]
    [InlineData("127.0.0.1:9199", "http://127.0.0.1:9199/storage/v1/")]
    [InlineData("http://localhost:9199", "http://localhost:9199/storage/v1/")]
    [InlineData("HTTP://[::1]:9199/", "http://[::1]:9199/storage/v1/")]
    [InlineData(null, "https://storage.googleapis.com/storage/v1/")]
    [InlineData("localhost", null)]
    [InlineData("https://localhost:1", null)]
    [InlineData("http://localhost:1/path", null)]
    [InlineData("", null)]
    [InlineData("a b:1", null)]
    public void Validate_EmulatorHost_IsAHostAndAPort(string? host, string? endpoint)
    {
        var options = new CloudStorageOptions { EmulatorHost = host };

        Assert.Equal(endpoint is null, options.Validate().Any());
        if (endpoint is not null)
        {
            Assert.Equal(endpoint, options.Endpoint.AbsoluteUri);
        }
    }

    [Fact]
    public void Validate_TimesOutOfRange_AreAllTold()
    {
        var options = new CloudStorageOptions { ConnectTimeout = TimeSpan.Zero, RequestTimeout = TimeSpan.FromDays(1), TotalTimeout = TimeSpan.Zero, RetryDelay = TimeSpan.Zero };

        Assert.Equal(["ConnectTimeout", "RequestTimeout", "TotalTimeout", "RetryDelay"], options.Validate().Select(error => error.Split(' ')[0]));
        Assert.Throws<ArgumentException>(() => ScriptedObjects.Create(options));
    }
}
