using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.Firestore.V1;
using Pipeline.Hosting.CloudEvents;
using Pipeline.Worker.Retries;

namespace Pipeline.Functions.Events;

/// <summary>Firestore's events about requests to classify an object again.</summary>
internal static class FirestoreEvents
{
    public const string CreatedWithAuthContext = $"{DocumentEvents.Created}.withAuthContext";

    /// <summary>The only collection that is watched; the worker never writes it.</summary>
    private const string Requests = "classificationRequests";

    /// <summary>The request, or null where the event is about another document.</summary>
    public static ReclassificationRequest? ReadRequest(CloudEvent cloudEvent, DocumentEventData data) =>
        data.Value is { } document && RequestId(document.Name) is { } id
            ? new ReclassificationRequest(id, cloudEvent.Time, Text(document, "bucket"), Text(document, "name"), UserOf(cloudEvent, document))
            : null;

    /// <summary>
    /// Who wishes it: the app's user that the event names (CloudEvents' extension for authentication), else the one that a backend of the app names in
    /// <c>user</c>, which clients may not write.
    /// </summary>
    private static string? UserOf(CloudEvent cloudEvent, Document document) =>
        cloudEvent["authtype"] is "app_user" && cloudEvent["authid"] is string { Length: > 0 } user ? user : Text(document, "user");

    private static string? RequestId(string documentName) =>
        documentName.Split('/') is ["projects", _, "databases", _, "documents", Requests, { Length: > 0 } id] ? id : null;

    private static string? Text(Document document, string field) =>
        document.Fields.TryGetValue(field, out var value) && value.HasStringValue ? value.StringValue : null;
}
