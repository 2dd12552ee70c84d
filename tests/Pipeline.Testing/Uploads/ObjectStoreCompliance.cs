using System.IO.Compression;
using System.Text;
using Pipeline.Worker.Uploads;
using Xunit;

namespace Pipeline.Testing.Uploads;

/// <summary>
/// The laws of <see cref="IObjectStore"/>, each as a test. A store's own test class derives from it, and says how objects come to be there. A store may
/// be shared between tests: each uses names of its own.
/// </summary>
public abstract partial class ObjectStoreCompliance
{
    private const long Limit = 16 * 1024 * 1024;

    private readonly string _folder = Guid.NewGuid().ToString("N");

    /// <summary>The store under test.</summary>
    protected abstract IObjectStore Store { get; }

    /// <summary>The bucket that <see cref="PutAsync"/> writes to.</summary>
    protected abstract string Bucket { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Creates or replaces an object.</summary>
    /// <returns>Its generation.</returns>
    protected abstract Task<long> PutAsync(string name, byte[] content, string contentType, string? contentEncoding);

    protected abstract Task DeleteAsync(string name);

    [Fact]
    public async Task FindLiveAsync_Nothing_IsNull()
    {
        Assert.Null(await Store.FindLiveAsync(Bucket, Name("missing.jpg"), Cancellation));
    }

    [Fact]
    public async Task FindLiveAsync_Stored_TellsWhatWasDeclaredAndWhatTheBytesAre()
    {
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var generation = await PutAsync(Name("check.jpg"), "123456789"u8.ToArray(), "image/jpeg", null);

        var found = await Store.FindLiveAsync(Bucket, Name("check.jpg"), Cancellation);

        Assert.NotNull(found);
        Assert.Equal(new ObjectVersion(Bucket, Name("check.jpg"), generation), found.Version);
        Assert.Equal((1L, 9L, 0xE3069283u), (found.Metageneration, found.Size, found.Crc32C));
        Assert.Equal(("image/jpeg", null), (found.ContentType, found.ContentEncoding));
        Assert.InRange(found.Created, before, before.AddMinutes(10));
        Assert.Equal(TimeSpan.Zero, found.Created.Offset);
        Assert.InRange(found.Updated, found.Created, found.Created.AddMinutes(10));
    }

    [Fact]
    public async Task DownloadAsync_EveryByteValue_ComesAsStored()
    {
        byte[] content = [.. Enumerable.Range(0, 256).Select(static value => (byte)value)];
        var generation = await PutAsync(Name("bytes"), content, "application/octet-stream", null);

        Assert.Equal(content, await ReadAsync(Name("bytes"), generation));
    }

    [Fact]
    public async Task DownloadAsync_Megabytes_ComeAsStored()
    {
        var content = new byte[(3 * 1024 * 1024) + 17];
        new Random(5).NextBytes(content);
        var generation = await PutAsync(Name("large"), content, "image/png", null);

        Assert.Equal(content, await ReadAsync(Name("large"), generation));
    }

    [Fact]
    public async Task DownloadAsync_AsManyBytesAsAllowed_AreGivenAndOneMoreIsRefused()
    {
        var generation = await PutAsync(Name("ten"), new byte[10], "image/png", null);
        var version = new ObjectVersion(Bucket, Name("ten"), generation);

        Assert.Equal(10, (await Store.DownloadAsync(version, 10, Cancellation)).Length);
        Assert.Equal(ObjectStoreError.TooLarge, (await FailAsync(() => Store.DownloadAsync(version, 9, Cancellation))).Error);
    }

    [Fact]
    public async Task DownloadAsync_EmptyObject_IsEmpty()
    {
        var generation = await PutAsync(Name("empty"), [], "image/png", null);

        Assert.True((await Store.DownloadAsync(new ObjectVersion(Bucket, Name("empty"), generation), 0, Cancellation)).IsEmpty);
        Assert.Equal((0L, 0u), await Store.FindLiveAsync(Bucket, Name("empty"), Cancellation) is { } found ? (found.Size, found.Crc32C) : default);
    }

    [Fact]
    public async Task DownloadAsync_StoredAsGzip_ComesAsStored()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(new string('a', 100_000)), Cancellation);
        }

        var generation = await PutAsync(Name("packed.svg"), packed.ToArray(), "image/svg+xml", "gzip");
        var found = await Store.FindLiveAsync(Bucket, Name("packed.svg"), Cancellation);

        Assert.Equal(("gzip", packed.Length), (found!.ContentEncoding, found.Size));
        Assert.Equal(packed.ToArray(), (await Store.DownloadAsync(found.Version, packed.Length, Cancellation)).ToArray());
        Assert.Equal(generation, found.Version.Generation);
    }

    protected static async Task<ObjectStoreException> FailAsync(Func<Task> request) => await Assert.ThrowsAsync<ObjectStoreException>(request);

    protected async Task<byte[]> ReadAsync(string name, long generation) =>
        (await Store.DownloadAsync(new ObjectVersion(Bucket, name, generation), Limit, Cancellation)).ToArray();

    /// <summary>A name that only this test uses.</summary>
    protected string Name(string last) => $"{_folder}/{last}";
}
