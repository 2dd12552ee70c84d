namespace Pipeline.Worker.Uploads;

/// <summary>What Cloud Storage says of a live object.</summary>
/// <param name="Size">Bytes as stored.</param>
/// <param name="Crc32C">CRC-32C of the stored bytes.</param>
/// <param name="ContentType">Declared by the uploader, or null.</param>
/// <param name="ContentEncoding">For example <c>gzip</c>, or null.</param>
public sealed record ObjectMetadata(
    ObjectVersion Version,
    long Metageneration,
    long Size,
    uint Crc32C,
    string? ContentType,
    string? ContentEncoding,
    DateTimeOffset Created,
    DateTimeOffset Updated);
