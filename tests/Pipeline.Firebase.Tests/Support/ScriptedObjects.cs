using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Firebase.CloudStorage;
using Pipeline.Firebase.Identity;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.Tests.Support;

/// <summary>An object store on a scripted server, and one object that tests ask for.</summary>
internal static class ScriptedObjects
{
    public const long Generation = 1_700_000_000_000_001;

    public static readonly ObjectVersion Version = new(ScriptedBucket.Name, "users/u1/a.jpg", Generation);

    private static readonly byte[] Content = "123456789"u8.ToArray();

    /// <summary>Quick retries, and times that a busy machine keeps.</summary>
    public static CloudStorageOptions Options(Uri address) => new()
    {
        EmulatorHost = address.Authority,
        RequestTimeout = TimeSpan.FromSeconds(30),
        TotalTimeout = TimeSpan.FromSeconds(100),
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    public static CloudStorageObjectStore Create(CloudStorageOptions options, IAccessTokens? tokens = null) =>
        new(options, tokens ?? new EmulatorTokens(), TimeProvider.System, () => 0.5, NullLogger<CloudStorageObjectStore>.Instance);

    public static Task<ReadOnlyMemory<byte>> ReadAsync(CloudStorageObjectStore store, long maxBytes = 1000) =>
        store.DownloadAsync(Version, maxBytes, TestContext.Current.CancellationToken);

    public static async Task<ObjectStoreError> FailToReadAsync(CloudStorageObjectStore store, long maxBytes = 1000) =>
        (await Assert.ThrowsAsync<ObjectStoreException>(() => ReadAsync(store, maxBytes))).Error;

    public static Task<ObjectMetadata?> FindAsync(CloudStorageObjectStore store) =>
        store.FindLiveAsync(Version.Bucket, Version.Name, TestContext.Current.CancellationToken);

    /// <summary>Answers with the object's bytes, or with others; headers can be changed.</summary>
    public static Func<HttpContext, Task> Media(byte[]? content = null, Action<IHeaderDictionary>? change = null, long? declaredLength = null) => async context =>
    {
        var headers = context.Response.Headers;
        headers["x-goog-hash"] = $"crc32c={ScriptedBucket.Hash(Content)},md5=1B2M2Y8AsgTpgAmY7PhCfg==";
        headers["x-goog-generation"] = $"{Generation}";
        headers["x-goog-stored-content-encoding"] = "identity";
        context.Response.ContentLength = declaredLength;
        change?.Invoke(headers);
        await context.Response.Body.WriteAsync(content ?? Content, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    };
}
