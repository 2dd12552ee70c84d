namespace Pipeline.Embedded.FolderBucket;

/// <summary>What an uploader says of an object.</summary>
/// <param name="ContentType">Null where nothing was declared.</param>
/// <param name="ContentEncoding">For example <c>gzip</c>, or null.</param>
/// <param name="Crc32C">The checksum that the bytes must have, or null.</param>
/// <param name="Md5">The same, base64.</param>
public sealed record ObjectUpload(
    string Bucket,
    string Name,
    string? ContentType,
    string? ContentEncoding,
    GenerationConditions Conditions,
    uint? Crc32C = null,
    string? Md5 = null);
