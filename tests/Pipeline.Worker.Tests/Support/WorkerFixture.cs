using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Testing.Documents;
using Pipeline.Testing.Uploads;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Support;

/// <summary>Stores on a clock that the test moves, and workers on them.</summary>
internal sealed class WorkerFixture : IDisposable
{
    public const string Bucket = "photos";

    public const string Name = "users/u1/photos/p1.png";

    /// <summary>When the clock starts.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly List<UploadWorker> _workers = [];
    private int _ids;

    public WorkerFixture(WorkerOptions? options = null)
    {
        Options = options ?? DefaultOptions;
        Documents = new InMemoryDocumentStore(Time);
        Store = new ScriptedDocumentStore(Documents);
        Objects = new InMemoryObjectStore(Time);
    }

    public static WorkerOptions DefaultOptions { get; } = new()
    {
        Buckets = [new BucketOptions { Bucket = Bucket }],
        Rules = [new RuleOptions { Match = "users/{uid}/photos/{photo}" }],
    };

    /// <summary>The options with an app's own document in the rule.</summary>
    public static WorkerOptions WithAppDocument(bool create = false) => DefaultOptions with
    {
        Rules = [DefaultOptions.Rules[0] with { Document = "users/{uid}/photos/{photo}", Field = "ai.result", Create = create }],
    };

    public WorkerOptions Options { get; }

    /// <summary>The stores' clock, and that of workers that get no other.</summary>
    public FakeTimeProvider Time { get; } = new(Start);

    public InMemoryDocumentStore Documents { get; }

    /// <summary>What the workers use: the documents, with faults that the test scripts.</summary>
    public ScriptedDocumentStore Store { get; }

    public InMemoryObjectStore Objects { get; }

    public ScriptedClassifier Classifier { get; } = new();

    /// <summary>What chance says, always.</summary>
    public double Chance { get; set; }

    public DocumentPath ResultPath { get; } = new("classifications", DocumentIds.FromName(Name));

    public DocumentPath LetterPath { get; } = new("deadLetters", DocumentIds.FromName(Name));

    public DocumentPath AppPath { get; } = new("users/u1/photos", "p1.png");

    public DocumentSnapshot Result => Documents.Peek(ResultPath);

    public DocumentSnapshot Letter => Documents.Peek(LetterPath);

    public string? Status => Text(Result, "status");

    public UploadWorker NewWorker(string instance = "w1", TimeProvider? time = null)
    {
        var worker = new UploadWorker(
            Options,
            Store,
            Objects,
            Classifier,
            instance,
            time ?? Time,
            () => Chance,
            () => $"claim-{Interlocked.Increment(ref _ids)}",
            NullLoggerFactory.Instance);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Uploads the object and gives its event.</summary>
    public UploadEvent Upload(string name = Name, string? contentType = "image/png", long? generation = null)
    {
        var metadata = Objects.Put(Bucket, name, new byte[] { 1, 2, 3 }, contentType, generation);
        return Event(UploadEventKind.Finalized, metadata.Version.Generation, name, contentType);
    }

    public UploadEvent Event(UploadEventKind kind, long? generation, string? name = Name, string? contentType = "image/png") => new(
        $"event-{kind}-{generation}", $"test.storage.object.v1.{kind}", Time.GetUtcNow(), kind, Bucket, name, generation, 1, contentType, null, 3);

    /// <summary>The work of an event.</summary>
    public static UploadWork Work(UploadWorker worker, UploadEvent upload) => new(
        worker.Rules.Match(upload.Bucket!, upload.Name!)!,
        upload.Generation!.Value,
        new EventOrigin(upload.EventId, upload.EventType, upload.EventTime));

    /// <summary>Runs what waits on the clock to its end, on this thread: the clock moves on by a second whenever nothing else is left to do.</summary>
    public T Run<T>(Func<Task<T>> run, int seconds = 3600)
    {
        using var pump = new Pump();
        var task = pump.Start(run);
        for (var second = 0; !task.IsCompleted && second < seconds; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            pump.Drain();
        }

        Assert.True(task.IsCompleted, $"The work does not end within {seconds} s.");
        return task.GetAwaiter().GetResult();
    }

    public void SetResult(ImmutableSortedDictionary<string, DocumentValue> fields) => Set(ResultPath, fields);

    /// <summary>Writes a document as a stranger does.</summary>
    public void Set(DocumentPath path, ImmutableSortedDictionary<string, DocumentValue> fields, ImmutableArray<string>? mask = null) =>
        Assert.IsType<CommitOutcome.Committed>(Documents.CommitAsync(
            [new DocumentWrite.Set(path, DocumentPrecondition.None, fields, mask, [])], CancellationToken.None).GetAwaiter().GetResult());

    /// <summary>Lets a stranger touch the result: its version changes, nothing of ours does.</summary>
    public void Touch(DocumentPath path) => Set(path, Fields.Of(("touched", Documents.History.Length)), ["touched"]);

    public static string? Text(DocumentSnapshot document, string field) => (Value(document, field) as DocumentValue.StringValue)?.Value;

    public static long? Integer(DocumentSnapshot document, string field) => (Value(document, field) as DocumentValue.IntegerValue)?.Value;

    public static DateTimeOffset? Timestamp(DocumentSnapshot document, string field) => (Value(document, field) as DocumentValue.TimestampValue)?.Value;

    public static DocumentValue? Value(DocumentSnapshot document, string field) =>
        document.Fields is null ? null : DocumentFields.Find(document.Fields, field);

    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }
    }
}
