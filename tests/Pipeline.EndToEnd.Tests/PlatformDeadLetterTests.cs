using System.Text;
using System.Text.Json;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Emulators;
using Pipeline.Testing.Uploads;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.EndToEnd.Tests;

/// <summary>What the platform gave up on, pushed by Google's Pub/Sub emulator.</summary>
public sealed class PlatformDeadLetterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PubSubEmulator _pubSub;
    private readonly FirestoreEmulator _firestore;

    public PlatformDeadLetterTests(PubSubEmulator pubSub, FirestoreEmulator firestore)
    {
        _pubSub = pubSub;
        _firestore = firestore;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_OfTheDeadLetterTopic_BecomesALetterAndIsClassified(bool isWrapped)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        await _pubSub.StartAsync();
        await using var world = await EndToEndFixture.CreateAsync(deadline.Token);
        await using var worker = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", world.Settings(), deadline.Token);
        var topic = $"dead-{isWrapped}";
        await _pubSub.CreateTopicAsync(topic);
        await _pubSub.SubscribeAsync($"{topic}-push", topic, new Uri(worker.Address, "events/dead-letters"), isWrapped);
        var objects = new[] { "users/u1/notified ü.jpg", "users/u1/enveloped.jpg", "users/u1/attributed ü.jpg" };
        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), deadline.Token);
        var generations = new List<long>();
        foreach (var name in objects)
        {
            generations.Add(await world.Storage.UploadAsync(name, picture, "image/jpeg", deadline.Token));
        }

        await _pubSub.PublishAsync(topic, Notification(objects[0], generations[0]), "{}"u8.ToArray());
        await _pubSub.PublishAsync(topic, GivenUp(), Envelope(objects[1], generations[1]));
        await _pubSub.PublishAsync(topic, GivenUp(EventAttributes("e2", objects[2])), Data(objects[2], generations[2]));
        await _pubSub.PublishAsync(topic, GivenUp(("eventType", "OBJECT_ETERNALIZE")), "not ours"u8.ToArray());

        foreach (var name in objects)
        {
            while (await world.StatusAsync(name, deadline.Token) != "classified")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, deadline.Token);
                using var answer = await worker.Http.PostAsync(new Uri(worker.Address, "maintain"), null, deadline.Token);
                answer.EnsureSuccessStatusCode();
            }
        }

        var parked = await ParkedAsync(world, deadline.Token);
        Assert.Equal(new DocumentValue.StringValue("BAD_EVENT"), parked.Fields!["parkedReason"]);
        Assert.Equal(new DocumentValue.StringValue("espresso"), (await world.ResultAsync(objects[0], deadline.Token)).Fields!["label"]);
    }

    /// <summary>The whole way: an event on the platform's transport, no document for as long as the platform tries, and the sweep in the end.</summary>
    [Fact]
    public async Task Event_GivenUpWhileNothingCouldBeRecorded_IsClassifiedFromItsDeadLetter()
    {
        const string Name = "users/u1/given up ü.jpg";
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        await _pubSub.StartAsync();
        await using var world = await EndToEndFixture.CreateAsync(deadline.Token);
        await using var firestore = await FirestoreWorld.CreateAsync(_firestore, deadline.Token);
        await using var worker = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", world.Settings(firestore.Settings), deadline.Token);
        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), deadline.Token);
        var generation = await world.Storage.UploadAsync(Name, picture, "image/jpeg", deadline.Token);
        await _pubSub.CreateTopicAsync("uploads");
        await _pubSub.CreateTopicAsync("given-up");
        await _pubSub.CollectAsync("given-up-seen", "given-up");
        await _pubSub.SubscribeAsync("given-up-push", "given-up", new Uri(worker.Address, "events/dead-letters"), isWrapped: false);
        await _pubSub.SubscribeAsync("uploads-push", "uploads", new Uri(worker.Address, "events/storage"), isWrapped: false, deadLetterTopic: "given-up");
        firestore.Traffic.Disturbance = _ => FirestoreDisturbance.Error(403, "PERMISSION_DENIED");

        await _pubSub.PublishAsync("uploads", EventAttributes("e1", Name).ToDictionary(pair => pair.Name, pair => pair.Value), Data(Name, generation));
        IReadOnlyList<IReadOnlyDictionary<string, string>> given;
        while ((given = await _pubSub.PullAsync("given-up-seen")).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, deadline.Token);
        }

        Assert.Equal("5", Assert.Single(given)["CloudPubSubDeadLetterSourceDeliveryCount"]);
        firestore.Traffic.Disturbance = _ => null;
        var id = DocumentIds.FromName(Name);
        DocumentSnapshot letter;
        while (!(letter = await ReadAsync(firestore, "deadLetters", id, deadline.Token)).Exists)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, deadline.Token);
        }

        Assert.Equal((new DocumentValue.StringValue("due"), new DocumentValue.StringValue("e1")), (letter.Fields!["state"], letter.Fields["eventId"]));
        while ((await ReadAsync(firestore, "deadLetters", id, deadline.Token)).Exists)
        {
            using var answer = await worker.Http.PostAsync(new Uri(worker.Address, "maintain"), null, deadline.Token);
            answer.EnsureSuccessStatusCode();
        }

        var result = (await ReadAsync(firestore, "classifications", id, deadline.Token)).Fields!;
        Assert.Equal((new DocumentValue.StringValue("espresso"), new DocumentValue.IntegerValue(1)), (result["label"], result["attempts"]));
    }

    private static async Task<DocumentSnapshot> ReadAsync(FirestoreWorld firestore, string collection, string id, CancellationToken cancellationToken) =>
        (await firestore.Documents.GetAsync([new DocumentPath(collection, id)], cancellationToken)).Documents[0];

    /// <summary>The letter of what is no event; it may come later than the others.</summary>
    private static async Task<DocumentSnapshot> ParkedAsync(EndToEndFixture world, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery("deadLetters", [new DocumentFilter("state", DocumentFilterOperator.Equal, "parked")], "dueAt", false, 10);
        while (true)
        {
            var found = await world.Documents.QueryAsync(query, cancellationToken);
            if (found.Documents is [var only])
            {
                return only;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }

    private static Dictionary<string, string> Notification(string name, long generation) => GivenUp(
        ("eventType", "OBJECT_FINALIZE"), ("bucketId", StorageHost.Bucket), ("objectId", name), ("objectGeneration", $"{generation}"), ("payloadFormat", "JSON_API_V1"));

    /// <summary>Attributes, and those that the platform adds when it gives up.</summary>
    private static Dictionary<string, string> GivenUp(params (string Name, string Value)[] attributes)
    {
        var all = attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        all["CloudPubSubDeadLetterSourceDeliveryCount"] = "5";
        all["CloudPubSubDeadLetterSourceSubscription"] = "uploads-push";
        return all;
    }

    private static (string Name, string Value)[] EventAttributes(string id, string name) =>
    [
        ("ce-specversion", "1.0"),
        ("ce-id", id),
        ("ce-type", "google.cloud.storage.object.v1.finalized"),
        ("ce-source", $"//storage.googleapis.com/projects/_/buckets/{StorageHost.Bucket}"),
        ("ce-subject", $"objects/{Uri.EscapeDataString(name)}"),
        ("ce-time", "2026-11-25T12:00:00.123Z"),
        ("content-type", "application/json"),
    ];

    private static byte[] Data(string name, long generation) =>
        JsonSerializer.SerializeToUtf8Bytes(new { bucket = StorageHost.Bucket, name, generation = $"{generation}", contentType = "image/jpeg" });

    private static byte[] Envelope(string name, long generation) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        specversion = "1.0",
        id = "e1",
        type = "google.cloud.storage.object.v1.finalized",
        source = "//storage.googleapis.com/projects/_/buckets/uploads",
        data = new { bucket = StorageHost.Bucket, name, generation = $"{generation}" },
    }));
}
