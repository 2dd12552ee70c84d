using System.Collections.Frozen;

namespace Pipeline.Hosting.CloudEvents.Legacy;

/// <summary>The legacy event types, with what they are called as CloudEvents, the service they come from, and how they are mapped.</summary>
internal static class LegacyEventTypes
{
    public const string MessagePublished = "google.cloud.pubsub.topic.v1.messagePublished";
    public const string PubSubService = "pubsub.googleapis.com";

    private static readonly FrozenDictionary<string, Entry> Entries = new Dictionary<string, Entry>
    {
        ["google.pubsub.topic.publish"] = PubSub(),
        ["providers/cloud.pubsub/eventTypes/topic.publish"] = PubSub(),
        ["google.storage.object.finalize"] = Storage("finalized"),
        ["google.storage.object.delete"] = Storage("deleted"),
        ["google.storage.object.archive"] = Storage("archived"),
        ["google.storage.object.metadataUpdate"] = Storage("metadataUpdated"),
        ["providers/cloud.storage/eventTypes/object.change"] = Storage("changed"),
        ["providers/cloud.firestore/eventTypes/document.write"] = Firestore("written"),
        ["providers/cloud.firestore/eventTypes/document.create"] = Firestore("created"),
        ["providers/cloud.firestore/eventTypes/document.update"] = Firestore("updated"),
        ["providers/cloud.firestore/eventTypes/document.delete"] = Firestore("deleted"),
        ["providers/firebase.auth/eventTypes/user.create"] = Auth("created"),
        ["providers/firebase.auth/eventTypes/user.delete"] = Auth("deleted"),
        ["providers/google.firebase.database/eventTypes/ref.create"] = Database("created"),
        ["providers/google.firebase.database/eventTypes/ref.write"] = Database("written"),
        ["providers/google.firebase.database/eventTypes/ref.update"] = Database("updated"),
        ["providers/google.firebase.database/eventTypes/ref.delete"] = Database("deleted"),
        ["providers/google.firebase.analytics/eventTypes/event.log"] =
            new("google.firebase.analytics.log.v1.written", "firebaseanalytics.googleapis.com", FirebaseMappings.Analytics),
        ["google.firebase.remoteconfig.update"] = RemoteConfig(),
        ["providers/firebase.remoteConfig/remoteconfig.update"] = RemoteConfig(),
    }.ToFrozenDictionary();

    public static Entry? Find(string legacyType) => Entries.GetValueOrDefault(legacyType);

    private static Entry PubSub() => new(MessagePublished, PubSubService, PubSubMapping.Map);

    private static Entry Storage(string change) => new($"google.cloud.storage.object.v1.{change}", "storage.googleapis.com", StorageMapping.Map);

    private static Entry Firestore(string change) =>
        new($"google.cloud.firestore.document.v1.{change}", "firestore.googleapis.com", FirebaseMappings.Firestore);

    private static Entry Auth(string change) => new($"google.firebase.auth.user.v1.{change}", "firebaseauth.googleapis.com", FirebaseMappings.Auth);

    private static Entry Database(string change) =>
        new($"google.firebase.database.ref.v1.{change}", "firebasedatabase.googleapis.com", FirebaseMappings.Database);

    private static Entry RemoteConfig() =>
        new("google.firebase.remoteconfig.remoteConfig.v1.updated", "firebaseremoteconfig.googleapis.com", legacy => new(legacy.Resource, null, legacy.Data));

    /// <param name="Type">The CloudEvent's type.</param>
    /// <param name="Service">Where the event names none.</param>
    internal sealed record Entry(string Type, string Service, Func<LegacyEvent, EventMapping> Map);
}
