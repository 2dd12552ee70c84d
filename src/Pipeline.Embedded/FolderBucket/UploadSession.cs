namespace Pipeline.Embedded.FolderBucket;

/// <summary>An upload in pieces, as the catalogue holds it.</summary>
/// <param name="Total">The size that was declared when it began, or null.</param>
/// <param name="Generation">Of the object that came of it, or null where it is not finished.</param>
internal sealed record UploadSession(string Id, ObjectUpload Upload, long? Total, DateTimeOffset Expires, long? Generation);
