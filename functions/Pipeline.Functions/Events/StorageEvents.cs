using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Pipeline.Hosting.Logging;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Events;

/// <summary>Cloud Storage's events in the worker's words.</summary>
internal static class StorageEvents
{
    public const string Finalized = "google.cloud.storage.object.v1.finalized";
    public const string Deleted = "google.cloud.storage.object.v1.deleted";
    public const string Archived = "google.cloud.storage.object.v1.archived";

    /// <summary>The event; what its data does not give is null.</summary>
    public static UploadEvent Read(CloudEvent cloudEvent, StorageObjectData data) =>
        Read(cloudEvent) with
        {
            Bucket = NullIfEmpty(data.Bucket),
            Name = NullIfEmpty(data.Name),
            Generation = NullIfZero(data.Generation),
            Metageneration = NullIfZero(data.Metageneration),
            ContentType = NullIfEmpty(data.ContentType),
            ContentEncoding = NullIfEmpty(data.ContentEncoding),
            Size = data.Size,
        };

    /// <summary>The envelope alone, of an event whose data cannot be used.</summary>
    public static UploadEvent Read(CloudEvent cloudEvent) =>
        new(cloudEvent.Id!, cloudEvent.Type!, cloudEvent.Time, Kind(cloudEvent.Type!), Bucket: cloudEvent["bucket"] as string, Name: null, Generation: null);

    /// <summary>What log entries about the event say.</summary>
    public static LogLabels Labels(UploadEvent upload) => new() { { "object", $"{upload.Bucket}/{upload.Name}" } };

    private static UploadEventKind Kind(string type) => type switch
    {
        Deleted => UploadEventKind.Deleted,
        Archived => UploadEventKind.Archived,
        _ => UploadEventKind.Finalized,
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static long? NullIfZero(long number) => number == 0 ? null : number;
}
