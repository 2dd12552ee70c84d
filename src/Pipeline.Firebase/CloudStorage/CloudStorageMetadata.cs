using System.Globalization;
using Pipeline.Worker.Uploads;
using StoredObject = Google.Apis.Storage.v1.Data.Object;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>Object resources as the port has them.</summary>
internal static class CloudStorageMetadata
{
    /// <exception cref="ObjectStoreException">It lacks what every object has.</exception>
    public static ObjectMetadata Read(StoredObject answer, string bucket, string name)
    {
        if (answer is not { Generation: > 0, Metageneration: > 0, Size: <= long.MaxValue } || Crc32C.FromText(answer.Crc32c) is not { } crc)
        {
            throw Unreadable(bucket, name, "it lacks a generation, a metageneration, a size or a crc32c");
        }

        return new ObjectMetadata(
            new ObjectVersion(bucket, name, answer.Generation.Value),
            answer.Metageneration.Value,
            (long)answer.Size.Value,
            crc,
            answer.ContentType,
            answer.ContentEncoding,
            Time(answer.TimeCreatedRaw) ?? throw Unreadable(bucket, name, "it lacks a timeCreated"),
            Time(answer.UpdatedRaw) ?? throw Unreadable(bucket, name, "it lacks an updated"));
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static ObjectStoreException Unreadable(string bucket, string name, string what) =>
        new(ObjectStoreError.Unavailable, bucket, name, $"the service's answer cannot be used: {what}.");
}
