using System.Net;
using System.Security.Cryptography;
using Google;
using Google.Apis.Storage.v1.Data;
using Google.Cloud.Storage.V1;
using Pipeline.Testing.Uploads;
using StorageObject = Google.Apis.Storage.v1.Data.Object;

namespace Pipeline.EndToEnd.Tests;

/// <summary>What an app's server does with Google's storage client for .NET, on the local endpoint.</summary>
public sealed class CloudStorageClientTests : IAsyncLifetime
{
    private const string Bucket = StorageHost.Bucket;

    private readonly string _data = Directory.CreateTempSubdirectory("pipeline-").FullName;
    private StorageHost _host = null!;
    private StorageClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await StorageHost.StartAsync(_data, Cancellation);
        _client = await new StorageClientBuilder { BaseUri = new Uri(_host.Address, "storage/v1/").AbsoluteUri, UnauthenticatedAccess = true }
            .BuildAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3 * UploadObjectOptions.MinimumChunkSize)]
    [InlineData((3 * UploadObjectOptions.MinimumChunkSize) + 17)]
    public async Task UploadObject_OneOrSeveralPieces_ComesBackWithItsChecksum(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        foreach (var validation in (UploadValidationMode[])[UploadValidationMode.None, UploadValidationMode.RejectAndThrow])
        {
            var options = new UploadObjectOptions { ChunkSize = UploadObjectOptions.MinimumChunkSize, UploadValidationMode = validation };
            var stored = await _client.UploadObjectAsync(Bucket, "a b/😀%.bin", "image/png", new MemoryStream(content), options, Cancellation);
            var back = new MemoryStream();
            await _client.DownloadObjectAsync(stored, back, cancellationToken: Cancellation);

            Assert.Equal(((ulong)size, "image/png"), (stored.Size, stored.ContentType));
            Assert.Equal(content, back.ToArray());
        }
    }

    [Fact]
    public async Task UploadObject_DescribedAndConditional_KeepsBoth()
    {
        var wanted = new StorageObject
        {
            Bucket = Bucket,
            Name = "described",
            ContentType = "image/png",
            CacheControl = "no-store",
            ContentDisposition = "inline",
            ContentLanguage = "de",
            Metadata = new Dictionary<string, string> { ["owner"] = "ü" },
        };
        var absent = new UploadObjectOptions { IfGenerationMatch = 0 };
        var stored = await _client.UploadObjectAsync(wanted, new MemoryStream([1]), absent, Cancellation);
        var refused = await Assert.ThrowsAsync<GoogleApiException>(() => _client.UploadObjectAsync(wanted, new MemoryStream([1]), absent, Cancellation));

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.HttpStatusCode);
        Assert.Equal(("no-store", "inline", "de", "ü"), (stored.CacheControl, stored.ContentDisposition, stored.ContentLanguage, stored.Metadata["owner"]));
    }

    [Fact]
    public async Task UpdateObject_AndPatch_ChangeTheDescription()
    {
        var stored = await _client.UploadObjectAsync(Bucket, "a", "image/png", new MemoryStream([1, 2, 3]), cancellationToken: Cancellation);
        stored.CacheControl = "no-store";
        stored.Metadata = new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" };
        var updated = await _client.UpdateObjectAsync(stored, cancellationToken: Cancellation);
        var patch = new StorageObject { Bucket = Bucket, Name = "a", Metadata = new Dictionary<string, string> { ["x"] = null! } };
        var patched = await _client.PatchObjectAsync(patch, new PatchObjectOptions { IfMetagenerationMatch = updated.Metageneration }, Cancellation);

        Assert.Equal(("no-store", 2L), (updated.CacheControl, updated.Metageneration));
        Assert.Equal("y", Assert.Single(patched.Metadata).Key);
        Assert.Equal(("image/png", stored.Generation), (patched.ContentType, patched.Generation));
        await Assert.ThrowsAsync<GoogleApiException>(
            () => _client.PatchObjectAsync(patch, new PatchObjectOptions { IfMetagenerationMatch = 1 }, Cancellation));
    }

    [Fact]
    public async Task CopyComposeListDelete_AreDone()
    {
        await _client.UploadObjectAsync(Bucket, "d/1", "image/png", new MemoryStream([1, 2]), cancellationToken: Cancellation);
        var copy = await _client.CopyObjectAsync(Bucket, "d/1", Bucket, "d/e/2", cancellationToken: Cancellation);
        await _client.Service.Objects.Compose(
            new ComposeRequest { SourceObjects = [new() { Name = "d/1" }, new() { Name = copy.Name }], Destination = new StorageObject { ContentType = "a/b" } },
            Bucket,
            "d/3").ExecuteAsync(Cancellation);
        var back = new MemoryStream();
        await _client.DownloadObjectAsync(Bucket, "d/3", back, new DownloadObjectOptions { Range = new(1, 2) }, Cancellation);
        var pages = _client.ListObjectsAsync(Bucket, "d/", new ListObjectsOptions { Delimiter = "/", PageSize = 1, IncludeTrailingDelimiter = true }).AsRawResponses();
        var names = new List<string>();
        await foreach (var page in pages.WithCancellation(Cancellation))
        {
            names.AddRange([.. (page.Items ?? []).Select(static item => item.Name), .. page.Prefixes ?? []]);
        }

        Assert.Equal("image/png", copy.ContentType);
        Assert.Equal([2, 1], back.ToArray());
        Assert.Equal(["d/1", "d/3", "d/e/"], names);
        Assert.Equal([Bucket], await _client.ListBucketsAsync("demo-pipeline").Select(static bucket => bucket.Name).ToListAsync(Cancellation));
        await Assert.ThrowsAsync<GoogleApiException>(
            () => _client.DeleteObjectAsync(Bucket, "d/1", new DeleteObjectOptions { Generation = copy.Generation }, Cancellation));
        await _client.DeleteObjectAsync(Bucket, "d/1", cancellationToken: Cancellation);
        Assert.Equal(2, await _client.ListObjectsAsync(Bucket).CountAsync(Cancellation));
    }
}
