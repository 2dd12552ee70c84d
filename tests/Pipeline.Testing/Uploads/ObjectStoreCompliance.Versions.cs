using System.Text;
using Pipeline.Worker.Uploads;
using Xunit;

namespace Pipeline.Testing.Uploads;

public abstract partial class ObjectStoreCompliance
{
    /// <summary>What breaks whatever takes a name for a path, an address, a header or a pattern.</summary>
    private static readonly string[] LastNames =
    [
        " !\"#$%&'()*+,-.0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~ ", "a/../b", "a/./b", "a//b", "../x", "/", "trailing/", "..", ".", "...", "%", "100%.jpg", "%2F", "%252F",
        "%2e%2e%2fetc", "a+b c.jpg", "a&b=c?d#e.jpg", "é.jpg", "e\u0301.jpg", "😀/👩‍👩‍👧.png", "日本語/写真.webp", "\u202Egpj.exe", "\uFEFFbom", "\uFFFD", "__x__", "*", "{uid}",
    ];

    [Fact]
    public async Task Names_OfEveryKind_EachFindTheirOwnObject()
    {
        var names = LastNames.Select(Name).Append(LongestName()).ToArray();
        var generations = new Dictionary<string, long>();
        foreach (var name in names)
        {
            generations[name] = await PutAsync(name, Encoding.UTF8.GetBytes($"<{name}>"), "image/png", null);
        }

        foreach (var name in names)
        {
            var found = await Store.FindLiveAsync(Bucket, name, Cancellation);
            Assert.Equal(new ObjectVersion(Bucket, name, generations[name]), found?.Version);
            Assert.Equal($"<{name}>", Encoding.UTF8.GetString(await ReadAsync(name, generations[name])));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("lone \uD800 surrogate")]
    [InlineData("1025 bytes")]
    public async Task Names_ThatNoObjectCanHave_FindNothing(string text)
    {
        var name = text == "1025 bytes" ? new string('x', 1025) : text;

        Assert.Null(await Store.FindLiveAsync(Bucket, name, Cancellation));
        Assert.Equal(ObjectStoreError.NotFound, (await FailAsync(() => Store.DownloadAsync(new ObjectVersion(Bucket, name, 1), 1, Cancellation))).Error);
    }

    [Fact]
    public async Task DownloadAsync_Replaced_GivesTheLiveGenerationOnly()
    {
        var first = await PutAsync(Name("a.jpg"), "first"u8.ToArray(), "image/jpeg", null);
        var second = await PutAsync(Name("a.jpg"), "second"u8.ToArray(), "image/png", null);

        Assert.NotEqual(first, second);
        Assert.Equal(ObjectStoreError.NotFound, (await FailAsync(() => ReadAsync(Name("a.jpg"), first))).Error);
        Assert.Equal("second"u8.ToArray(), await ReadAsync(Name("a.jpg"), second));
        Assert.Equal((second, "image/png"), await Store.FindLiveAsync(Bucket, Name("a.jpg"), Cancellation) is { } live ? (live.Version.Generation, live.ContentType) : default);
    }

    [Fact]
    public async Task DownloadAsync_Deleted_IsNotFound()
    {
        var generation = await PutAsync(Name("a.jpg"), "first"u8.ToArray(), "image/jpeg", null);
        await DeleteAsync(Name("a.jpg"));

        Assert.Null(await Store.FindLiveAsync(Bucket, Name("a.jpg"), Cancellation));
        var failure = await FailAsync(() => ReadAsync(Name("a.jpg"), generation));
        Assert.Equal((ObjectStoreError.NotFound, Bucket, Name("a.jpg")), (failure.Error, failure.Bucket, failure.Name));
    }

    [Fact]
    public async Task Requests_UnknownBucket_AreTheConfigurationsFault()
    {
        Assert.Equal(ObjectStoreError.PermissionDenied, (await FailAsync(() => Store.FindLiveAsync("no-such-bucket", "a", Cancellation))).Error);
        var version = new ObjectVersion("no-such-bucket", "a", 1);
        Assert.Equal(ObjectStoreError.PermissionDenied, (await FailAsync(() => Store.DownloadAsync(version, 1, Cancellation))).Error);
    }

    [Fact]
    public async Task Requests_GivenUp_EndAsCancelled()
    {
        var generation = await PutAsync(Name("a.jpg"), "first"u8.ToArray(), "image/jpeg", null);
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindLiveAsync(Bucket, Name("a.jpg"), given.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DownloadAsync(new ObjectVersion(Bucket, Name("a.jpg"), generation), 10, given.Token));
    }

    [Fact]
    public async Task Requests_ManyAtOnce_EachGetTheirOwn()
    {
        var generations = new long[16];
        for (var index = 0; index < generations.Length; index++)
        {
            generations[index] = await PutAsync(Name($"{index}"), Encoding.UTF8.GetBytes($"content {index}"), "image/png", null);
        }

        var contents = await Task.WhenAll(generations.Select((generation, index) => ReadAsync(Name($"{index}"), generation)));

        Assert.Equal(Enumerable.Range(0, generations.Length).Select(index => $"content {index}"), contents.Select(Encoding.UTF8.GetString));
    }

    private string LongestName() => Name(new string('é', (ObjectNames.MaxBytes - Encoding.UTF8.GetByteCount(Name(""))) / 2));
}
