using Google.Apis.Http;
using Google.Apis.Services;
using Google.Apis.Storage.v1;
using Pipeline.Firebase.Identity;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>
/// The one HTTP client of a store. Nothing is decompressed on the way, because checksums are those of the stored bytes; no redirect is followed, because
/// it would carry a token elsewhere.
/// </summary>
internal sealed class CloudStorageHttp : HttpClientFactory, IHttpClientFactory
{
    /// <summary>An object's metadata has kilobytes.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(90);

    private readonly CloudStorageOptions _options;
    private readonly IAccessTokens _tokens;

    private CloudStorageHttp(CloudStorageOptions options, IAccessTokens tokens)
    {
        _options = options;
        _tokens = tokens;
    }

    /// <summary>The service that Google's client works with. Its tokens are given here, with the same care as Firestore's.</summary>
    public static StorageService CreateService(CloudStorageOptions options, IAccessTokens tokens) => new(new BaseClientService.Initializer
    {
        ApplicationName = "pipeline",
        BaseUri = options.Endpoint.AbsoluteUri,
        HttpClientFactory = new CloudStorageHttp(options, tokens),
        DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
        GZipEnabled = false,

        // Else a long name would be asked for by POST with another method in a header, which not every endpoint takes.
        MaxUrlLength = 0,
    });

    ConfigurableHttpClient IHttpClientFactory.CreateHttpClient(CreateHttpClientArgs args)
    {
        var client = CreateHttpClient(args);
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = MaxAnswerBytes;
        client.MessageHandler.FollowRedirect = false;
        return client;
    }

    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => new TokenHandler(_tokens)
    {
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = _options.EmulatorHost is null,
            ConnectTimeout = _options.ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = IdleTimeout,
        },
    };
}
