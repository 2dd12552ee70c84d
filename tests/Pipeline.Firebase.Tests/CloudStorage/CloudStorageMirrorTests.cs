using System.Text;
using Pipeline.Firebase.CloudStorage;
using Pipeline.Firebase.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.Tests.CloudStorage;

public sealed class CloudStorageMirrorTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("mirror-").FullName;
    private readonly ScriptedBucket _bucket = new();
    private ScriptedServer _server = null!;
    private CloudStorageObjectStore _store = null!;

    private string Folder => Path.Combine(_root, "models", "copy");

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync(_bucket.AnswerAsync);
        _store = ScriptedObjects.Create(ScriptedObjects.Options(_server.Address));
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task UpdateAsync_Folder_IsCopiedWithItsSubFoldersAndNothingBesides()
    {
        Put("models/birds/1/saved_model.pb", "graph");
        Put("models/birds/1/variables/variables.index", "");
        Put("models/birds/1/labels.txt", "a");
        Put("models/birds/2/", "");
        Put("models/birds2/saved_model.pb", "another");
        Put("models/birds", "a file");
        using var mirror = Create();

        Assert.Equal(3, await UpdateAsync(mirror));

        Assert.Equal(["1/labels.txt=a", "1/saved_model.pb=graph", "1/variables/variables.index="], Files());
    }

    [Fact]
    public async Task UpdateAsync_NothingChanged_ReadsTheListOnly()
    {
        Put("models/birds/saved_model.pb", "graph");
        using var mirror = Create();
        await UpdateAsync(mirror);
        var before = _server.Requests.Count;

        await UpdateAsync(mirror);

        Assert.Contains("/o?", Assert.Single(_server.Requests.Skip(before)).Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateAsync_ChangedAddedAndRemoved_IsFollowed()
    {
        Put("models/birds/saved_model.pb", "old");
        Put("models/birds/variables/gone", "x");
        using var mirror = Create();
        await UpdateAsync(mirror);
        Put("models/birds/saved_model.pb", "new");
        Put("models/birds/labels.txt", "a");
        _bucket.Delete("models/birds/variables/gone");
        await File.WriteAllTextAsync(Path.Combine(Folder, "of-somebody-else"), "x", TestContext.Current.CancellationToken);

        Assert.Equal(2, await UpdateAsync(mirror));

        Assert.Equal(["labels.txt=a", "saved_model.pb=new"], Files());
        Assert.False(Directory.Exists(Path.Combine(Folder, "variables")));
    }

    [Fact]
    public async Task UpdateAsync_FileLostHere_IsFetchedAgain()
    {
        Put("models/birds/saved_model.pb", "graph");
        using var mirror = Create();
        await UpdateAsync(mirror);
        File.Delete(Path.Combine(Folder, "saved_model.pb"));

        await UpdateAsync(mirror);

        Assert.Equal(["saved_model.pb=graph"], Files());
    }

    [Theory]
    [InlineData("models/birds/../../../escaped")]
    [InlineData("models/birds/./x")]
    [InlineData("models/birds//x")]
    [InlineData("models/birds/..\\x")]
    [InlineData("models/birds/nul\0")]
    [InlineData("models/birds/.incoming")]
    public async Task UpdateAsync_NameThatIsNoPath_WritesNothingAtAll(string name)
    {
        Put("models/birds/a.txt", "a");
        Put(name, "evil");
        using var mirror = Create();

        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => UpdateAsync(mirror));

        Assert.Equal((ObjectStoreError.PermissionDenied, name), (failure.Error, failure.Name));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public async Task UpdateAsync_TooManyBytesTogether_WritesNothingAtAll()
    {
        Put("models/birds/a", "123456");
        Put("models/birds/b", "123456");
        using var mirror = new CloudStorageMirror(_store, new CloudFolder(ScriptedBucket.Name, "models/birds"), Folder) { MaxBytes = 11 };

        Assert.Equal(ObjectStoreError.TooLarge, (await Assert.ThrowsAsync<ObjectStoreException>(() => UpdateAsync(mirror))).Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public async Task UpdateAsync_NoSuchBucket_IsTheConfigurationsFault()
    {
        using var mirror = new CloudStorageMirror(_store, new CloudFolder("others", "models/birds"), Folder);

        Assert.Equal(ObjectStoreError.PermissionDenied, (await Assert.ThrowsAsync<ObjectStoreException>(() => UpdateAsync(mirror))).Error);
    }

    [Theory]
    [InlineData("gs://photos/models", "photos", "models")]
    [InlineData("gs://photos/models/birds/", "photos", "models/birds")]
    [InlineData("GS://my.bucket_1/a b", "my.bucket_1", "a b")]
    [InlineData("gs://photos", null, null)]
    [InlineData("gs://photos/", null, null)]
    [InlineData("gs://photos//", null, null)]
    [InlineData("gs:///models", null, null)]
    [InlineData("gs://Photos/models", null, null)]
    [InlineData("gs://photos//models", null, null)]
    [InlineData("/models", null, null)]
    public void Parse_AnyText_IsAFolderOrNull(string text, string? bucket, string? prefix)
    {
        Assert.Equal(bucket is null ? null : new CloudFolder(bucket, prefix!), CloudFolder.Parse(text));
    }

    private static Task<int> UpdateAsync(CloudStorageMirror mirror) => mirror.UpdateAsync(TestContext.Current.CancellationToken);

    private CloudStorageMirror Create() => new(_store, new CloudFolder(ScriptedBucket.Name, "models/birds"), Folder);

    private void Put(string name, string content) => _bucket.Put(name, Encoding.UTF8.GetBytes(content));

    private string[] Files() =>
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => $"{Path.GetRelativePath(Folder, path).Replace('\\', '/')}={File.ReadAllText(path)}")
            .Order(StringComparer.Ordinal),
    ];
}
