using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Testing.Uploads;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Tests.FolderBucket;

public sealed class FolderObjectStoreComplianceTests : ObjectStoreCompliance, IAsyncLifetime
{
    private readonly FolderFixture _folder = new();
    private FolderObjectWriter _writer = null!;
    private FolderObjectStore _reader = null!;

    protected override IObjectStore Store => _reader;

    protected override string Bucket => FolderFixture.Bucket;

    public async ValueTask InitializeAsync()
    {
        _writer = await _folder.OpenAsync();
        _reader = await _folder.OpenReaderAsync();
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _writer.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<long> PutAsync(string name, byte[] content, string contentType, string? contentEncoding)
    {
        var upload = new ObjectUpload(Bucket, name, new ObjectDescription(contentType, contentEncoding), GenerationConditions.None);
        return (await _writer.UploadAsync(upload, new MemoryStream(content), null, Cancellation)).Version.Generation;
    }

    protected override Task DeleteAsync(string name) => _writer.DeleteAsync(name);
}
