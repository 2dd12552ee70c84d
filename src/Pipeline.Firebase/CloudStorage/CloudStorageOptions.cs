namespace Pipeline.Firebase.CloudStorage;

/// <summary>How Cloud Storage is asked. Which buckets is said in each request.</summary>
public sealed partial record CloudStorageOptions
{
    private const string Scheme = "http://";

    /// <value><c>host:port</c> of an emulator, with or without <c>http://</c> before it, or null for the service itself. Default: null.</value>
    public string? EmulatorHost { get; init; }

    /// <value>How long a connection may take to be made. Default 5 s; 100 ms to 1 min.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>How long one request may take, with its connection, its token and all its bytes. Default 20 s; 100 ms to 10 min.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <value>How long a lookup or a download may take with all its retries. Default 45 s; 100 ms to 10 min.</value>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <value>The wait before a request is sent again; it doubles. Default 200 ms; 1 ms to 1 min.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Where requests go; ends with the path of the API.</summary>
    internal Uri Endpoint => new($"{(EmulatorHost is null ? "https://storage.googleapis.com" : Scheme + Authority(EmulatorHost))}/storage/v1/");

    private static string Authority(string host) =>
        host.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? host[Scheme.Length..].TrimEnd('/') : host;
}
