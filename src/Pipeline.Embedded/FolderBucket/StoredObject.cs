using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>The live generation of an object, as the catalogue holds it.</summary>
/// <param name="Modified">The time of the file that holds the bytes; with the size it tells whether somebody has changed the file.</param>
internal sealed record StoredObject(
    ObjectVersion Version,
    long Metageneration,
    ContentFacts Content,
    ObjectDescription Description,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    long Modified)
{
    public FileStamp Stamp => new(Content.Size, Modified);

    public ObjectMetadata ToMetadata() =>
        new(Version, Metageneration, Content.Size, Content.Crc32C, Description.ContentType, Description.ContentEncoding, Created, Updated);
}
