namespace Pipeline.Embedded.Endpoint;

/// <summary>What a request's path asks for.</summary>
internal enum StorageRequestKind
{
    Unknown,
    Upload,
    Object,
    List,
    Bucket,
}
