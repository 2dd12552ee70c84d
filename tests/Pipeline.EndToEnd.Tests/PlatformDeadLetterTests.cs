using System.Text;
using System.Text.Json;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Documents;

namespace Pipeline.EndToEnd.Tests;

/// <summary>What the platform gave up on, pushed by Google's Pub/Sub emulator.</summary>
public sealed class PlatformDeadLetterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PubSubEmulator _pubSub;

    public PlatformDeadLetterTests(PubSubEmulator pubSub)
    {
        _pubSub = pubSub;
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
        var objects = new[] { "users/u1/notified ü.jpg", "users/u1/enveloped.jpg" };
        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), deadline.Token);
        var generations = new List<long>();
        foreach (var name in objects)
        {
            generations.Add(await world.Storage.UploadAsync(name, picture, "image/jpeg", deadline.Token));
        }

        await _pubSub.PublishAsync(topic, Notification(objects[0], generations[0]), "{}"u8.ToArray());
        await _pubSub.PublishAsync(topic, GivenUp(), Envelope(objects[1], generations[1]));
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

    private static byte[] Envelope(string name, long generation) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        specversion = "1.0",
        id = "e1",
        type = "google.cloud.storage.object.v1.finalized",
        source = "//storage.googleapis.com/projects/_/buckets/uploads",
        data = new { bucket = StorageHost.Bucket, name, generation = $"{generation}" },
    }));
}
