using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>A folder with one bucket, and short forms for what tests do with it.</summary>
internal sealed class FolderFixture : IDisposable
{
    public const string Bucket = "photos";

    private readonly TempFolder _folder = new();

    public FolderFixture(TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        Options = new FolderBucketOptions(_folder["root"], [Bucket])
        {
            SettleTime = TimeSpan.FromMilliseconds(60),
            RescanInterval = TimeSpan.FromMilliseconds(400),
            StallTimeout = TimeSpan.FromMilliseconds(300),
        };
    }

    public FolderBucketOptions Options { get; set; }

    public TimeProvider Time { get; }

    public string BucketPath => Path.Combine(Options.Root, Bucket);

    public string ContentPath => Path.Combine(Options.Root, ".pipeline", "objects", Bucket);

    public string Outside => _folder["outside"];

    public static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public static ObjectUpload Upload(string name, GenerationConditions? conditions = null) =>
        new(Bucket, name, new ObjectDescription("image/jpeg"), conditions ?? GenerationConditions.None);

    public string FilePath(string name) => Path.Combine(BucketPath, name);

    public Task<FolderObjectWriter> OpenAsync() =>
        FolderObjectWriter.OpenAsync(Options, Time, NullLogger<FolderObjectWriter>.Instance, TestContext.Current.CancellationToken);

    public Task<FolderObjectStore> OpenReaderAsync() => FolderObjectStore.OpenAsync(Options, Time, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
