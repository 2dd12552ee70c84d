namespace Pipeline.Embedded.FolderBucket;

/// <summary>An object that is to be stored, all but its bytes.</summary>
/// <param name="Conditions">What must hold of the live object when the new one takes its place.</param>
/// <param name="Crc32C">The checksum that the bytes must have, or null.</param>
/// <param name="Md5">The same, base64.</param>
public sealed record ObjectUpload(
    string Bucket,
    string Name,
    ObjectDescription Description,
    GenerationConditions Conditions,
    uint? Crc32C = null,
    string? Md5 = null);
