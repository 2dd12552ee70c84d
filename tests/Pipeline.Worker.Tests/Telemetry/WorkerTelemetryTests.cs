using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Telemetry;
using Pipeline.Worker.Tests.Support;

namespace Pipeline.Worker.Tests.Telemetry;

/// <summary>What listeners in this process hear. Other tests may be heard too, so each looks for what only it does.</summary>
public sealed class WorkerTelemetryTests
{
    [Fact]
    public async Task Failure_OfAnUpload_IsCountedByCodeAndMarksTheSpan()
    {
        var bucket = $"telemetry-{Guid.NewGuid():N}";
        var spans = new ConcurrentQueue<Activity>();
        var counted = new ConcurrentQueue<(string Name, string Tags)>();
        using var traces = Listen(spans);
        using var metrics = Listen(counted);
        using var fixture = new WorkerFixture(WorkerFixture.DefaultOptions with { Buckets = [new BucketOptions { Bucket = bucket }] });
        fixture.Classifier.Fail(new FailureCode(bucket, FailureKind.Permanent));
        var stored = fixture.Objects.Put(bucket, WorkerFixture.Name, new byte[] { 1 }, "image/png", null);
        var upload = fixture.Event(Worker.Uploads.UploadEventKind.Finalized, stored.Version.Generation) with { Bucket = bucket };

        await fixture.NewWorker().HandleAsync(upload, CancellationToken.None);

        Assert.Contains(("pipeline.failures", $"code={bucket},kind=Permanent"), counted);
        Assert.Contains(("pipeline.uploads", "outcome=Failed"), counted);
        var span = Assert.Single(spans, span => span.OperationName == "pipeline.upload" && bucket.Equals(span.GetTagItem("pipeline.bucket")));
        Assert.Equal((ActivityStatusCode.Error, "Failed"), (span.Status, span.GetTagItem("pipeline.outcome")));
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkerTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Listen(ConcurrentQueue<(string Name, string Tags)> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == WorkerTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            counted.Enqueue((instrument.Name, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();
        return listener;
    }
}
