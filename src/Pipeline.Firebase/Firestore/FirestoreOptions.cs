namespace Pipeline.Firebase.Firestore;

/// <summary>Which Firestore database holds the documents, and how it is asked.</summary>
/// <param name="Project">The project's id.</param>
public sealed partial record FirestoreOptions(string Project)
{
    /// <summary>The id of the database that every project can have.</summary>
    public const string DefaultDatabase = "(default)";

    /// <value>The database's id. Default: <see cref="DefaultDatabase"/>.</value>
    public string Database { get; init; } = DefaultDatabase;

    /// <value><c>host:port</c> of the official emulator, or null for the service itself. Default: null.</value>
    public string? EmulatorHost { get; init; }

    /// <value>How long a connection may take to be made. Default 5 s; 100 ms to 1 min.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>How long one request may take, with its connection and its token. A commit that takes longer has an unknown outcome. Default 10 s; 100 ms to 1 min.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>How long a read may take with all its retries, and a commit with those that did not reach the service. Default 20 s; 100 ms to 5 min.</value>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <value>The wait before a request is sent again; it doubles. Default 100 ms; 1 ms to 1 min.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <value>The largest answer that is read, in bytes. Default 32 MiB; 64 KiB to 1 GiB.</value>
    public int MaxAnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The largest request that the service takes, in bytes; the emulator takes less.</summary>
    internal int MaxRequestBytes => (EmulatorHost is null ? 10 : 4) * 1024 * 1024;

    /// <summary>Where requests go.</summary>
    internal Uri Endpoint => EmulatorHost is null ? new Uri("https://firestore.googleapis.com/") : new Uri($"http://{EmulatorHost}/");
}
