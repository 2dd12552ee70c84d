using Microsoft.Extensions.DependencyInjection;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Cli.Running;

/// <summary>Where everything lies, as the configuration and the options say together.</summary>
/// <param name="Bucket">The bucket that samples are uploaded to.</param>
/// <param name="Models">The folders of the models.</param>
internal sealed record LocalPlaces(FolderBucketOptions Buckets, string Bucket, string Documents, IReadOnlyList<string> Models)
{
    public static LocalPlaces Of(IServiceProvider worker)
    {
        var buckets = worker.GetRequiredService<FolderBucketOptions>();
        return new LocalPlaces(
            buckets with { Root = Path.GetFullPath(buckets.Root) },
            buckets.Buckets[0],
            Path.GetFullPath(worker.GetRequiredService<SqliteDocumentStoreOptions>().Path),
            [.. worker.GetRequiredService<ModelStoreOptions>().Models.Select(model => model.Folder)]);
    }
}
