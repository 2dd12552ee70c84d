using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Firebase.CloudStorage;
using Pipeline.Firebase.Identity;
using Pipeline.Testing.Uploads;
using Pipeline.Worker.Uploads;

namespace Pipeline.EndToEnd.Tests;

/// <summary>The laws of object stores, by Google's client on the local endpoint.</summary>
public sealed class CloudStorageEndpointTests : ObjectStoreCompliance, IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("pipeline-").FullName;
    private readonly EmulatorTokens _tokens = new();
    private StorageHost _host = null!;
    private CloudStorageObjectStore _store = null!;

    protected override IObjectStore Store => _store;

    protected override string Bucket => StorageHost.Bucket;

    public async ValueTask InitializeAsync()
    {
        _host = await StorageHost.StartAsync(_data, Cancellation);
        var options = new CloudStorageOptions { EmulatorHost = _host.Address.AbsoluteUri };
        _store = new CloudStorageObjectStore(options, _tokens, TimeProvider.System, () => 0.5, NullLogger<CloudStorageObjectStore>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        _tokens.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    protected override Task<long> PutAsync(string name, byte[] content, string contentType, string? contentEncoding) =>
        _host.UploadAsync(name, content, contentType, Cancellation, contentEncoding);

    protected override Task DeleteAsync(string name) => _host.DeleteAsync(name, Cancellation);
}
