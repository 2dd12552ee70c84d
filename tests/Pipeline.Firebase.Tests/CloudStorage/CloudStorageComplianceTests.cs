using Pipeline.Firebase.CloudStorage;
using Pipeline.Firebase.Tests.Support;
using Pipeline.Testing.Uploads;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.Tests.CloudStorage;

public sealed class CloudStorageComplianceTests : ObjectStoreCompliance, IAsyncLifetime
{
    private readonly ScriptedBucket _bucket = new();
    private ScriptedServer _server = null!;
    private CloudStorageObjectStore _store = null!;

    protected override IObjectStore Store => _store;

    protected override string Bucket => ScriptedBucket.Name;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync(_bucket.AnswerAsync);
        _store = ScriptedObjects.Create(ScriptedObjects.Options(_server.Address));
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
    }

    protected override Task<long> PutAsync(string name, byte[] content, string contentType, string? contentEncoding) =>
        Task.FromResult(_bucket.Put(name, content, contentType, contentEncoding));

    protected override Task DeleteAsync(string name)
    {
        _bucket.Delete(name);
        return Task.CompletedTask;
    }
}
