namespace Pipeline.Embedded.FolderBucket;

/// <summary>What a sender says of one piece of an upload.</summary>
/// <param name="Offset">Where its first byte stands in the object, or null: behind what is there.</param>
/// <param name="Length">How many bytes it has, or null: as many as come.</param>
/// <param name="Total">The whole object's size, or null where the sender does not say.</param>
/// <param name="EndsObject">Whether the end of this piece is the end of the object.</param>
internal sealed record UploadChunk(long? Offset, long? Length, long? Total, bool EndsObject)
{
    /// <summary>The checksum that the whole object must have, where the sender knows it by now, or null.</summary>
    public uint? Crc32C { get; init; }

    /// <summary>The same, base64.</summary>
    public string? Md5 { get; init; }

    /// <summary>No bytes: asks how far the upload is.</summary>
    public static UploadChunk Nothing { get; } = new(Offset: null, Length: 0, Total: null, EndsObject: false);
}
