using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using Pipeline.Hosting.CloudEvents.Legacy;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.Tests.CloudEvents.Legacy;

public sealed class LegacyEventReaderTests
{
    [Theory]
    [InlineData("google.pubsub.topic.publish", "projects/p/topics/t", "google.cloud.pubsub.topic.v1.messagePublished", "//pubsub.googleapis.com/projects/p/topics/t", null)]
    [InlineData("providers/cloud.pubsub/eventTypes/topic.publish", "projects/p/topics/t", "google.cloud.pubsub.topic.v1.messagePublished", "//pubsub.googleapis.com/projects/p/topics/t", null)]
    [InlineData("google.storage.object.finalize", "projects/_/buckets/b/objects/a/b#1", "google.cloud.storage.object.v1.finalized", "//storage.googleapis.com/projects/_/buckets/b", "objects/a/b")]
    [InlineData("google.storage.object.delete", "projects/_/buckets/b/objects/a#b", "google.cloud.storage.object.v1.deleted", "//storage.googleapis.com/projects/_/buckets/b", "objects/a#b")]
    [InlineData("google.storage.object.archive", "projects/_/buckets/b/objects/a#1#2", "google.cloud.storage.object.v1.archived", "//storage.googleapis.com/projects/_/buckets/b", "objects/a#1")]
    [InlineData("google.storage.object.metadataUpdate", "projects/_/buckets/b", "google.cloud.storage.object.v1.metadataUpdated", "//storage.googleapis.com/projects/_/buckets/b", null)]
    [InlineData("providers/cloud.storage/eventTypes/object.change", "projects/_/buckets/b/objects/grün", "google.cloud.storage.object.v1.changed", "//storage.googleapis.com/projects/_/buckets/b", "objects/grün")]
    [InlineData("providers/cloud.firestore/eventTypes/document.create", "projects/p/databases/(default)/documents/c/d", "google.cloud.firestore.document.v1.created", "//firestore.googleapis.com/projects/p/databases/(default)", "documents/c/d")]
    [InlineData("providers/cloud.firestore/eventTypes/document.update", "projects/p/databases/d/documents/c/d/e/f", "google.cloud.firestore.document.v1.updated", "//firestore.googleapis.com/projects/p/databases/d", "documents/c/d/e/f")]
    [InlineData("providers/cloud.firestore/eventTypes/document.delete", "projects/p/databases/d/documents/c/d", "google.cloud.firestore.document.v1.deleted", "//firestore.googleapis.com/projects/p/databases/d", "documents/c/d")]
    [InlineData("providers/firebase.auth/eventTypes/user.delete", "projects/p", "google.firebase.auth.user.v1.deleted", "//firebaseauth.googleapis.com/projects/p", "users/u")]
    [InlineData("providers/google.firebase.analytics/eventTypes/event.log", "projects/p/events/e", "google.firebase.analytics.log.v1.written", "//firebaseanalytics.googleapis.com/projects/p/apps/app", "events/e")]
    [InlineData("providers/google.firebase.database/eventTypes/ref.create", "projects/_/instances/i/refs/a/b", "google.firebase.database.ref.v1.created", "//firebasedatabase.googleapis.com/projects/_/locations/europe-west1/instances/i", "refs/a/b")]
    [InlineData("providers/google.firebase.database/eventTypes/ref.update", "projects/_/instances/i/refs/a", "google.firebase.database.ref.v1.updated", "//firebasedatabase.googleapis.com/projects/_/locations/europe-west1/instances/i", "refs/a")]
    [InlineData("google.firebase.remoteconfig.update", "projects/p", "google.firebase.remoteconfig.remoteConfig.v1.updated", "//firebaseremoteconfig.googleapis.com/projects/p", null)]
    [InlineData("providers/firebase.remoteConfig/remoteconfig.update", "projects/p", "google.firebase.remoteconfig.remoteConfig.v1.updated", "//firebaseremoteconfig.googleapis.com/projects/p", null)]
    public void Read_LegacyType_IsMapped(string legacyType, string resource, string type, string source, string? subject)
    {
        var read = Read(Legacy(legacyType, resource));

        Assert.Equal(type, read.Type);
        Assert.Equal(source, read.Source?.OriginalString);
        Assert.Equal(subject, read.Subject);
        Assert.Equal("7", read.Id);
        Assert.Equal("application/json", read.DataContentType);
    }

    [Theory]
    [InlineData("providers/cloud.firestore/eventTypes/document.create", "projects/p/databases/d")]
    [InlineData("providers/cloud.firestore/eventTypes/document.create", "projects/p/databases/d/other/c")]
    [InlineData("providers/google.firebase.database/eventTypes/ref.create", "projects/_/instances/i")]
    [InlineData("providers/google.firebase.analytics/eventTypes/event.log", "projects/p")]
    public void Read_ResourceOfOtherShape_Throws(string legacyType, string resource) =>
        Assert.Throws<InvalidRequestException>(() => Read(Legacy(legacyType, resource)));

    [Theory]
    [InlineData("\"domain\":\"europe-west1.firebasedatabase.app\"", "\"domain\":\"\"")]
    [InlineData("\"domain\":\"europe-west1.firebasedatabase.app\"", "\"domain\":7")]
    [InlineData("\"domain\":\"europe-west1.firebasedatabase.app\"", "\"other\":\"\"")]
    public void Read_DatabaseWithoutDomain_Throws(string from, string to)
    {
        var json = Legacy("providers/google.firebase.database/eventTypes/ref.create", "projects/_/instances/i/refs/a").Replace(from, to, StringComparison.Ordinal);

        Assert.Throws<InvalidRequestException>(() => Read(json));
    }

    [Fact]
    public void Read_AnalyticsWithoutApp_Throws() =>
        Assert.Throws<InvalidRequestException>(() =>
            Read(Legacy("providers/google.firebase.analytics/eventTypes/event.log", "projects/p/events/e").Replace("appId", "other", StringComparison.Ordinal)));

    [Fact]
    public void Read_ContextAndRoot_ContextWins()
    {
        var read = Read(
            """
            {"eventId":"root","eventType":"google.pubsub.topic.publish","resource":"projects/p/topics/root","timestamp":"2020-01-01T00:00:00Z",
             "context":{"eventId":"context","eventType":"google.storage.object.delete","timestamp":"2021-01-01T00:00:00Z",
                        "resource":{"service":"other.googleapis.com","name":"projects/_/buckets/b/objects/o"}},
             "data":{"a":1}}
            """);

        Assert.Equal(("context", "google.cloud.storage.object.v1.deleted", "//other.googleapis.com/projects/_/buckets/b"), (read.Id, read.Type, read.Source?.OriginalString));
        Assert.Equal(2021, read.Time?.Year);
        Assert.Equal("b", read["bucket"]);
    }

    [Fact]
    public void Read_ContextWithPlainResource_IsTolerated()
    {
        var read = Read("""{"context":{"eventId":"1","eventType":"google.storage.object.delete","resource":"projects/_/buckets/b/objects/o"},"data":{}}""");

        Assert.Equal("objects/o", read.Subject);
        Assert.Null(read.Time);
    }

    [Theory]
    [InlineData("2020-09-29T11:32:00.123Z", "2020-09-29T11:32:00.123Z")]
    [InlineData("2020-09-29T11:32:00Z", "2020-09-29T11:32:00.000Z")]
    [InlineData("2020-09-29T11:32:00.123456Z", "2020-09-29T11:32:00.123456Z")]
    [InlineData("2020-09-29T13:32:00.5+02:00", "2020-09-29T11:32:00.500Z")]
    public void Read_PubSubTime_IsInTheMessage(string timestamp, string publishTime)
    {
        var data = ReadData(Legacy("google.pubsub.topic.publish", "projects/p/topics/t").Replace("2020-09-29T11:32:00.123Z", timestamp, StringComparison.Ordinal));

        var message = data.GetProperty("message");
        Assert.Equal(publishTime, message.GetProperty("publishTime").GetString());
        Assert.Equal("7", message.GetProperty("messageId").GetString());
        Assert.False(data.TryGetProperty("subscription", out _));
    }

    [Fact]
    public void Read_PubSubTopic_IsAnExtension()
    {
        Assert.Equal("t", Read(Legacy("google.pubsub.topic.publish", "projects/p/topics/t"))["topic"]);
        Assert.Null(Read(Legacy("google.pubsub.topic.publish", "elsewhere"))["topic"]);
    }

    [Theory]
    [InlineData("/projects/p/topics/t", "projects/p/topics/t")]
    [InlineData("/events/projects/p/topics/t/", "projects/p/topics/t")]
    [InlineData("/", "projects/unknown-project!/topics/unknown-topic!")]
    [InlineData("/projects/p/topics/", "projects/unknown-project!/topics/unknown-topic!")]
    public void Read_RawPush_TakesTheTopicFromThePath(string path, string topic)
    {
        const string Push =
            """
            {"message":{"attributes":{"attr1":"value1"},"data":"VGV4dCBtZXNzYWdl","messageId":"4102184774039362","message_id":"4102184774039362",
             "orderingKey":"orderxyz","publishTime":"2022-02-15T11:28:32.942Z","publish_time":"2022-02-15T11:28:32.942Z"},
             "subscription":"projects/p/subscriptions/s","deliveryAttempt":5}
            """;

        var read = Read(Push, path);

        Assert.Equal("google.cloud.pubsub.topic.v1.messagePublished", read.Type);
        Assert.Equal($"//pubsub.googleapis.com/{topic}", read.Source?.OriginalString);
        Assert.Equal("4102184774039362", read.Id);
        Assert.Equal(new DateTimeOffset(2022, 2, 15, 11, 28, 32, 942, TimeSpan.Zero), read.Time);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Push).RootElement, ReadData(Push, path)));
    }

    [Fact]
    public void Read_RawPushOfTheEmulator_NeedsNoTime() =>
        Assert.Null(Read("""{"message":{"messageId":"1","data":""},"subscription":"s"}""").Time);

    [Fact]
    public void Read_AuthMetadata_IsRenamed()
    {
        var data = ReadData(Legacy("providers/firebase.auth/eventTypes/user.create", "projects/p"));

        Assert.Equal("""{"other":1,"createTime":"c","lastSignInTime":"l"}""", data.GetProperty("metadata").GetRawText());
    }

    private static string Legacy(string type, string resource) =>
        $$$$"""
        {"eventId":"7","eventType":"{{{{type}}}}","resource":"{{{{resource}}}}","timestamp":"2020-09-29T11:32:00.123Z","domain":"europe-west1.firebasedatabase.app",
         "params":{"x":"y"},"data":{"uid":"u","userDim":{"appInfo":{"appId":"app"}},"metadata":{"createdAt":"c","lastSignedInAt":"l","other":1}}}
        """;

    private static CloudEvent Read(string json, string path = "/") => LegacyEventReader.Read(StrictJson.Parse(Encoding.UTF8.GetBytes(json)), path).CloudEvent;

    private static JsonElement ReadData(string json, string path = "/")
    {
        var incoming = LegacyEventReader.Read(StrictJson.Parse(Encoding.UTF8.GetBytes(json)), path);
        return JsonElement.Parse(incoming.ReadPayloadAsync(1024, CancellationToken.None).Result.Span);
    }
}
