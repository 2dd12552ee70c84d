using System.Text.Json.Nodes;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents.Legacy;

/// <summary>Firestore, Realtime Database, Authentication and Analytics: which part of the resource is the source, which the subject.</summary>
internal static class FirebaseMappings
{
    private const string DefaultDomain = "firebaseio.com";
    private const string DefaultLocation = "us-central1";

    /// <summary>projects/P/databases/D | documents/…</summary>
    public static EventMapping Firestore(LegacyEvent legacy)
    {
        var segments = legacy.Resource.Split('/', 5);
        return segments is [_, _, _, _, var document] && document.StartsWith("documents", StringComparison.Ordinal)
            ? new EventMapping(string.Join('/', segments[..4]), document, legacy.Data)
            : throw Unexpected(legacy, "projects/P/databases/D/documents/…");
    }

    /// <summary>projects/_/instances/I | refs/…, where the location comes from the domain.</summary>
    public static EventMapping Database(LegacyEvent legacy)
    {
        if (string.IsNullOrEmpty(legacy.Domain))
        {
            throw InvalidRequestException.Malformed("The event of a database lacks its 'domain'.");
        }

        var location = legacy.Domain == DefaultDomain ? DefaultLocation : legacy.Domain.Split('.')[0];
        return legacy.Resource.Split('/', 5) is ["projects", var project, "instances", var instance, var reference]
            && reference.StartsWith("refs/", StringComparison.Ordinal)
                ? new EventMapping($"projects/{project}/locations/{location}/instances/{instance}", reference, legacy.Data)
                : throw Unexpected(legacy, "projects/_/instances/I/refs/…");
    }

    /// <summary>The subject is the user; two times have other names in CloudEvents.</summary>
    public static EventMapping Auth(LegacyEvent legacy)
    {
        if (legacy.Data["metadata"] is JsonObject metadata)
        {
            Rename(metadata, "createdAt", "createTime");
            Rename(metadata, "lastSignedInAt", "lastSignInTime");
        }

        return new EventMapping(legacy.Resource, Text(legacy.Data["uid"]) is { } user ? $"users/{user}" : null, legacy.Data);
    }

    /// <summary>projects/P | events/E, where the app comes from the data.</summary>
    public static EventMapping Analytics(LegacyEvent legacy)
    {
        var app = Text(((legacy.Data["userDim"] as JsonObject)?["appInfo"] as JsonObject)?["appId"])
            ?? throw InvalidRequestException.Malformed("The event of Analytics lacks 'data.userDim.appInfo.appId'.");
        return legacy.Resource.Split('/') is ["projects", var project, "events", { Length: > 0 } name]
            ? new EventMapping($"projects/{project}/apps/{app}", $"events/{name}", legacy.Data)
            : throw Unexpected(legacy, "projects/P/events/E");
    }

    private static void Rename(JsonObject parent, string from, string to)
    {
        if (parent.TryGetPropertyValue(from, out var value))
        {
            parent.Remove(from);
            parent[to] = value;
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static InvalidRequestException Unexpected(LegacyEvent legacy, string expected) =>
        InvalidRequestException.Malformed($"The resource of an event of type '{legacy.Type}' must be {expected}, not '{legacy.Resource}'.");
}
