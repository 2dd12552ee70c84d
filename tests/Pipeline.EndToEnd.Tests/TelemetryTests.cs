using System.Diagnostics;
using System.Net;
using Pipeline.EndToEnd.Tests.Support;

namespace Pipeline.EndToEnd.Tests;

/// <summary>Metrics and traces as a collector receives them.</summary>
public sealed class TelemetryTests
{
    private const string Name = "users/u1/coffee.jpg";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneUpload_WithACollector_IsOneTraceFromTheEventToTheDocument()
    {
        await using var receiver = await TelemetryReceiver.StartAsync(CancellationToken);
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        var photo = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), CancellationToken);
        var generation = await world.Storage.UploadAsync(Name, photo, "image/jpeg", CancellationToken);
        var variables = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "photos",
        };
        await using var worker = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", world.Settings(), CancellationToken, variables);
        using var caller = new Activity("the platform") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        caller.Start();

        using (var answer = await StorageEvents.PostAsync(worker, "events/storage", "finalized", "e1", Name, generation, CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        caller.Stop();
        using (var maintained = await worker.Http.PostAsync(new Uri(worker.Address, "maintain"), null, CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, maintained.StatusCode);
        }

        Assert.Equal(0, await worker.StopAsync(CancellationToken));

        var trace = receiver.Spans.Where(span => span.TraceId == caller.TraceId.ToHexString()).ToList();
        var upload = Assert.Single(trace, span => span.Name == "pipeline.upload");
        Assert.Contains(trace, span => span.SpanId == upload.ParentId);
        var classify = Assert.Single(trace, span => span.Name == "pipeline.classify");
        Assert.All(["pipeline.download", "pipeline.classify", "pipeline.record"], name => Assert.Equal(upload.SpanId, trace.Single(span => span.Name == name).ParentId));
        Assert.All(["pipeline.decode", "pipeline.preprocess", "pipeline.inference"], name => Assert.Equal(classify.SpanId, trace.Single(span => span.Name == name).ParentId));
        Assert.Contains(receiver.Spans, span => span.Name == "pipeline.sweep");

        var metrics = receiver.Metrics;
        Assert.All(
            [
                "photos", "pipeline.events", "pipeline.uploads", "pipeline.uploads.in_flight", "pipeline.classifications", "pipeline.stage.duration", "pipeline.model.loads",
                "pipeline.model.load.duration", "pipeline.sweep.duration", "pipeline.dead_letters.due", "pipeline.dead_letters.oldest_due_age", "pipeline.leases.expired", "Classified",
            ],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.DoesNotContain("users/u1", metrics, StringComparison.Ordinal);
    }
}
