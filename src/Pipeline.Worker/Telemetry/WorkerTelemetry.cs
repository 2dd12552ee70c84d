using System.Diagnostics;
using System.Diagnostics.Metrics;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Telemetry;

/// <summary>
/// The worker's metrics and traces, under one name for both. Without a listener nothing is made and nothing counted. Names and tags are public API:
/// dashboards read them. Tags have few values: no object, no user.
/// </summary>
internal static class WorkerTelemetry
{
    /// <summary>Of the meter and of the activity source.</summary>
    public const string Name = "Pipeline.Worker";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Events = Meter.CreateCounter<long>("pipeline.events", "{event}", "Events and letters worked on, by verdict.");
    private static readonly Counter<long> Outcomes = Meter.CreateCounter<long>("pipeline.uploads", "{upload}", "Claimed uploads, by outcome.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("pipeline.failures", "{failure}", "Failures, by code and kind.");
    private static readonly Counter<long> Classifications = Meter.CreateCounter<long>("pipeline.classifications", "{picture}", "Classified uploads, by model, version and whether it was cold.");
    private static readonly UpDownCounter<long> InFlight = Meter.CreateUpDownCounter<long>("pipeline.uploads.in_flight", "{upload}", "Claimed uploads in work.");
    private static readonly Histogram<double> Stages = Meter.CreateHistogram<double>("pipeline.stage.duration", "s", "Time of a stage of a classified upload.");
    private static readonly Counter<long> ModelLoads = Meter.CreateCounter<long>("pipeline.model.loads", "{load}", "Model loads, by outcome.");
    private static readonly Histogram<double> ModelTimes = Meter.CreateHistogram<double>("pipeline.model.load.duration", "s", "Time to load and to warm a model.");
    private static readonly Histogram<double> Sweeps = Meter.CreateHistogram<double>("pipeline.sweep.duration", "s", "Time of a sweep.");
    private static readonly Gauge<long> DueLetters = Meter.CreateGauge<long>("pipeline.dead_letters.due", "{letter}", "Due letters that the last sweep found in a collection, at most its page.");
    private static readonly Gauge<double> OldestDue = Meter.CreateGauge<double>("pipeline.dead_letters.oldest_due_age", "s", "How long the oldest of them had been due.");
    private static readonly Gauge<long> ExpiredLeases = Meter.CreateGauge<long>("pipeline.leases.expired", "{lease}", "Results that the last sweep found with their lease over.");

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Counts what became of an event or of a letter that was taken up.</summary>
    public static EventAnswer Count(EventAnswer answer)
    {
        Events.Add(1, Tag("verdict", answer.Verdict.ToString()));
        return answer;
    }

    /// <summary>Begins the work on a claim; to be disposed when it ends.</summary>
    public static Activity? StartUpload(Claim claim)
    {
        InFlight.Add(1);
        var activity = Source.StartActivity("pipeline.upload");
        activity?.SetTag("pipeline.bucket", claim.Work.Target.Bucket)
            .SetTag("pipeline.object", LogText.Of(claim.Work.Target.Name))
            .SetTag("pipeline.generation", claim.Work.Generation)
            .SetTag("pipeline.attempt", claim.Attempts);
        return activity;
    }

    /// <summary>Ends it.</summary>
    public static void EndUpload(Activity? activity, EventVerdict? verdict)
    {
        InFlight.Add(-1);
        var outcome = verdict?.ToString() ?? "Unrecorded";
        Outcomes.Add(1, Tag("outcome", outcome));
        activity?.SetTag("pipeline.outcome", outcome);
        if (verdict is null or EventVerdict.Failed or EventVerdict.Parked)
        {
            activity?.SetStatus(ActivityStatusCode.Error, outcome);
        }
    }

    public static void Count(Failure failure)
    {
        Failures.Add(1, Tag("code", failure.Code.Name), Tag("kind", failure.Kind.ToString()));
        Activity.Current?.SetTag("pipeline.error", failure.Code.Name);
    }

    /// <summary>Records the stages of a classified upload; those inside the classifier become spans that ended just now, one after the other.</summary>
    public static void Record(ImageClassification classification, ProcessingTimes times, Activity? classifying)
    {
        var (decode, preprocess, inference) = (classification.Timings.Decode, classification.Timings.Preprocess, classification.Timings.Inference);
        Classifications.Add(
            1, Tag("model", classification.Model.Name), Tag("version", classification.Model.Version), Tag("cold", classification.Timings.Cold));
        RecordStage("queue", times.Queue);
        RecordStage("download", times.Download);
        RecordStage("decode", decode);
        RecordStage("preprocess", preprocess);
        RecordStage("inference", inference);
        RecordStage("total", times.Total);
        if (classifying is null)
        {
            return;
        }

        classifying.SetTag("pipeline.model", classification.Model.Name).SetTag("pipeline.model.version", classification.Model.Version);
        var end = classifying.StartTimeUtc + classifying.Duration;
        AddSpan("pipeline.decode", end - inference - preprocess - decode, decode, classifying);
        AddSpan("pipeline.preprocess", end - inference - preprocess, preprocess, classifying);
        AddSpan("pipeline.inference", end - inference, inference, classifying);
    }

    public static void RecordModelLoad(string model, TimeSpan load, TimeSpan warm)
    {
        ModelLoads.Add(1, Tag("model", model), Tag("outcome", "loaded"));
        ModelTimes.Record(load.TotalSeconds, Tag("model", model), Tag("phase", "load"));
        ModelTimes.Record(warm.TotalSeconds, Tag("model", model), Tag("phase", "warm"));
    }

    public static void CountRefusedModel(string model) => ModelLoads.Add(1, Tag("model", model), Tag("outcome", "refused"));

    public static void RecordDueLetters(string collection, int count, TimeSpan oldest)
    {
        DueLetters.Record(count, Tag("collection", collection));
        OldestDue.Record(oldest.TotalSeconds, Tag("collection", collection));
    }

    public static void Record(SweepReport report)
    {
        Sweeps.Record(report.Duration.TotalSeconds, Tag("complete", report is { NotStarted: 0, StoreUnavailable: false }));
        ExpiredLeases.Record(report.ExpiredLeases);
    }

    private static void RecordStage(string stage, TimeSpan time) => Stages.Record(Math.Max(time.TotalSeconds, 0), Tag("stage", stage));

    private static void AddSpan(string name, DateTime start, TimeSpan duration, Activity parent)
    {
        using var span = Source.StartActivity(name, ActivityKind.Internal, parent.Context, startTime: start);
        span?.SetEndTime(start + duration);
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
