namespace Pipeline.Embedded.FolderBucket;

/// <summary>The platform's names for what happens to an object.</summary>
internal static class StorageEventType
{
    public const string Finalized = "google.cloud.storage.object.v1.finalized";
    public const string Deleted = "google.cloud.storage.object.v1.deleted";
}
