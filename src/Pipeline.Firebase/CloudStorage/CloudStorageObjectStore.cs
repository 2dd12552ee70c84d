using System.Globalization;
using Google.Cloud.Storage.V1;
using Microsoft.Extensions.Logging;
using Pipeline.Firebase.Identity;
using Pipeline.Worker.Uploads;
using Polly;
using Polly.Timeout;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>Objects in Cloud Storage, over its JSON API, by Google's client.</summary>
public sealed class CloudStorageObjectStore : IObjectStore, IDisposable
{
    /// <summary>What a token has to be good for.</summary>
    public const string Scope = "https://www.googleapis.com/auth/devstorage.read_only";

    /// <summary>Looked for at the start. It is never written.</summary>
    private const string Probe = ".pipeline/probe";

    /// <summary>Objects in one answer to a list: with metadata of their own they may have kilobytes each.</summary>
    private const int PageSize = 200;

    private readonly Uri _endpoint;
    private readonly StorageClient _client;
    private readonly ResiliencePipeline _pipeline;

    /// <param name="options">Valid ones.</param>
    /// <param name="chance">From 0 to 1, for the jitter of retries.</param>
    public CloudStorageObjectStore(
        CloudStorageOptions options, IAccessTokens tokens, TimeProvider time, Func<double> chance, ILogger<CloudStorageObjectStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(chance);
        ArgumentNullException.ThrowIfNull(logger);
        if (options.Validate().FirstOrDefault() is { } error)
        {
            throw new ArgumentException(error, nameof(options));
        }

        _endpoint = options.Endpoint;
        _pipeline = CloudStorageRetries.Build(options, time, chance, logger);

        _client = new StorageClientImpl(CloudStorageHttp.CreateService(options, tokens));
    }

    /// <summary>
    /// Gets a token, makes a connection and looks for one object in each bucket: after it the first upload pays for none of them, and it is known that
    /// the buckets exist and may be read and listed.
    /// </summary>
    /// <exception cref="ObjectStoreException">One of them cannot be used now.</exception>
    public Task OpenAsync(IReadOnlyCollection<string> buckets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return Task.WhenAll(buckets.Select(bucket => FindLiveAsync(bucket, Probe, cancellationToken)));
    }

    public async Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        CheckBucket(bucket, name);
        if (!CloudStorageNames.IsObject(name))
        {
            return null;
        }

        try
        {
            return await SendAsync(bucket, name, token => GetAsync(bucket, name, null, token), cancellationToken);
        }
        catch (ObjectStoreException exception) when (exception.Error == ObjectStoreError.NotFound)
        {
            return null;
        }
    }

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken)
    {
        CheckBucket(version.Bucket, version.Name);
        if (!CloudStorageNames.IsObject(version.Name))
        {
            throw new ObjectStoreException(ObjectStoreError.NotFound, version.Bucket, version.Name, "no object can have this name.");
        }

        using var content = await SendAsync(version.Bucket, version.Name, token => ReadAsync(version, maxBytes, token), cancellationToken);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    /// <summary>The live objects whose names begin with a prefix.</summary>
    /// <param name="limit">More are refused.</param>
    /// <exception cref="ObjectStoreException">No answer, not allowed, or too many.</exception>
    internal Task<IReadOnlyList<ObjectMetadata>> ListAsync(string bucket, string prefix, int limit, CancellationToken cancellationToken)
    {
        CheckBucket(bucket, prefix);
        return SendAsync(bucket, prefix, token => ReadListAsync(bucket, prefix, limit, token), cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private static void CheckBucket(string bucket, string name)
    {
        if (!CloudStorageNames.IsBucket(bucket))
        {
            throw new ObjectStoreException(ObjectStoreError.PermissionDenied, bucket, name, "no bucket can have this name.");
        }
    }

    /// <param name="generation">The one that must be live, or null.</param>
    private async Task<ObjectMetadata> GetAsync(string bucket, string name, long? generation, CancellationToken cancellationToken)
    {
        var options = new GetObjectOptions { IfGenerationMatch = generation, RetryOptions = RetryOptions.Never };
        return CloudStorageMetadata.Read(await _client.GetObjectAsync(bucket, name, options, cancellationToken), bucket, name);
    }

    private async Task<IReadOnlyList<ObjectMetadata>> ReadListAsync(string bucket, string prefix, int limit, CancellationToken cancellationToken)
    {
        var found = new List<ObjectMetadata>();
        var options = new ListObjectsOptions { PageSize = PageSize, RetryOptions = RetryOptions.Never };
        await foreach (var item in _client.ListObjectsAsync(bucket, prefix, options).WithCancellation(cancellationToken))
        {
            if (found.Count == limit)
            {
                throw new ObjectStoreException(ObjectStoreError.TooLarge, bucket, prefix, $"more than {limit} names begin so.");
            }

            if (item.Name?.StartsWith(prefix, StringComparison.Ordinal) == true)
            {
                found.Add(CloudStorageMetadata.Read(item, bucket, item.Name));
            }
        }

        return found;
    }

    private async Task<MemoryStream> ReadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        var download = new GenerationDownload(_client.Service, version, maxBytes, content);
        var address = new Uri(_endpoint, $"b/{version.Bucket}/o/{Uri.EscapeDataString(version.Name)}");
        await download.RunAsync(address, cancellationToken);
        var expected = download.ExpectedCrc32C ?? (await GetAsync(version.Bucket, version.Name, version.Generation, cancellationToken)).Crc32C;
        return download.Crc32C == expected
            ? content
            : throw new ObjectStoreException(
                ObjectStoreError.ChecksumMismatch,
                version.Bucket,
                version.Name,
                string.Create(CultureInfo.InvariantCulture, $"the {content.Length} bytes that came have CRC-32C {download.Crc32C:x8}, stored are bytes with {expected:x8}."));
    }

    /// <summary>
    /// Asks within the time, and again where that may help; whatever is thrown has its class. For classes only: for each structure the code of the
    /// retries would be compiled anew at the start.
    /// </summary>
    private async Task<T> SendAsync<T>(string bucket, string name, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await AttemptAsync(bucket, name, ask, token), cancellationToken);
        }
        catch (TimeoutRejectedException exception)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"there was no answer within {exception.Timeout.TotalSeconds:0.###} s.");
            throw new ObjectStoreException(ObjectStoreError.Unavailable, bucket, name, detail, exception);
        }
    }

    private static async Task<T> AttemptAsync<T>(string bucket, string name, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ask(cancellationToken);
        }
        catch (Exception exception) when (exception is not ObjectStoreException && !cancellationToken.IsCancellationRequested)
        {
            var (error, detail) = CloudStorageFaults.Of(exception);
            throw new ObjectStoreException(error, bucket, name, detail, exception);
        }
        catch (Exception exception) when (exception is not (ObjectStoreException or OperationCanceledException))
        {
            // The library does not always say by the exception's type that it was cancelled.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }
}
