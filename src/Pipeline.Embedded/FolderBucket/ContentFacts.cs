namespace Pipeline.Embedded.FolderBucket;

/// <summary>What identifies an object's bytes.</summary>
/// <param name="Md5">Base64.</param>
internal sealed record ContentFacts(long Size, uint Crc32C, string Md5);
