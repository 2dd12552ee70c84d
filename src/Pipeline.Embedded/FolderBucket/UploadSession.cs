namespace Pipeline.Embedded.FolderBucket;

/// <summary>An upload in pieces, as the catalogue holds it.</summary>
/// <param name="Total">The size that was declared when it began, or null.</param>
/// <param name="Protocol">How its pieces are sent.</param>
/// <param name="LastPiece">Where the last piece began; kept with commands only.</param>
/// <param name="Generation">Of the object that came of it, or null where it is not finished.</param>
internal sealed record UploadSession(string Id, ObjectUpload Upload, long? Total, UploadProtocol Protocol, long LastPiece, DateTimeOffset Expires, long? Generation);
