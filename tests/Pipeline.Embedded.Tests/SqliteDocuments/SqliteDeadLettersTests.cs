using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Testing.Documents;
using Pipeline.Testing.Uploads;
using Pipeline.Worker;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Tests.SqliteDocuments;

/// <summary>What operators do with dead letters, on this store and beside another process that has it open.</summary>
public sealed class SqliteDeadLettersTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly SqliteDocumentStore _worker;
    private readonly SqliteDocumentStore _operator;
    private readonly UploadWorker _letters;

    public SqliteDeadLettersTests()
    {
        _worker = Open();
        _operator = Open();
        var options = new WorkerOptions
        {
            Buckets = [new BucketOptions { Bucket = "photos" }],
            Rules = [new RuleOptions { Match = "users/{uid}/**" }],
        };
        _letters = new UploadWorker(
            options, _operator, new InMemoryObjectStore(_time), new NoClassifier(), "operator", _time, () => 0.5, () => Guid.NewGuid().ToString("N"), NullLoggerFactory.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CollectionPair Pair => _letters.Rules.Pairs[0];

    [Fact]
    public async Task List_ManyOfBothStates_PagesInOrderAndFilters()
    {
        for (var index = 0; index < 150; index++)
        {
            await AddAsync($"users/u{index % 3}/p{index:000}.png", index % 2 == 0 ? "due" : "parked", index % 5 == 0 ? "TOO_SLOW" : "INTERNAL");
        }

        Assert.Equal(150, (await ListAsync(new DeadLetterFilter(), 40)).Distinct().Count());
        Assert.Equal(
            Enumerable.Range(0, 150).Where(index => index % 2 == 1 && index % 5 == 0 && index % 3 == 1).Select(index => $"users/u1/p{index:000}.png"),
            await ListAsync(new DeadLetterFilter { State = DeadLetterState.Parked, Code = "TOO_SLOW", Prefix = "users/u1/" }, 2));
    }

    [Fact]
    public async Task Change_BesideAnotherProcess_IsMadeOnlyOnWhatWasSeen()
    {
        await AddAsync("users/u1/p.png", "due", "INTERNAL");
        var id = DocumentIds.FromName("users/u1/p.png");
        var seen = (await _letters.DeadLetters.FindAsync(Pair, id, Token))!;
        await _worker.CommitAsync(
            [new DocumentWrite.Set(seen.Path, DocumentPrecondition.None, Fields.Of(("attempts", 2L)), ["attempts"], [])], Token);

        Assert.Equal(LetterOutcome.Changed, await _letters.DeadLetters.ParkAsync(seen, Token));

        var again = (await _letters.DeadLetters.ShowAsync(Pair, id, Token))!;
        Assert.Equal(LetterOutcome.Done, await _letters.DeadLetters.ParkAsync(again.Stored, Token));
        var parked = (await _letters.DeadLetters.FindAsync(Pair, id, Token))!;
        Assert.Equal(("OPERATOR", 2), (parked.Letter.ParkedReason, parked.Letter.Attempts));
        Assert.Equal(new RedriveOutcome.Redriven(7), await _letters.DeadLetters.RedriveAsync(parked, Token));
        Assert.Equal(LetterOutcome.Done, await _letters.DeadLetters.DropAsync((await _letters.DeadLetters.FindAsync(Pair, id, Token))!, Token));
        Assert.Null(await _letters.DeadLetters.FindAsync(Pair, id, Token));
    }

    public void Dispose()
    {
        _letters.Dispose();
        _worker.Dispose();
        _operator.Dispose();
        _folder.Dispose();
    }

    private SqliteDocumentStore Open() => SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(_folder["documents.db"]), _time);

    private async Task AddAsync(string name, string state, string code)
    {
        var fields = Fields.Of(
            ("bucket", "photos"),
            ("name", name),
            ("generation", 7L),
            ("state", state),
            ("dueAt", Start),
            ("errors", Fields.Array(Fields.Map(("code", code), ("message", "It broke."), ("at", Start)))));
        Assert.IsType<CommitOutcome.Committed>(await _worker.CommitAsync(
            [new DocumentWrite.Set(new DocumentPath("deadLetters", DocumentIds.FromName(name)), DocumentPrecondition.None, fields, null, [])], Token));
    }

    private async Task<ImmutableArray<string?>> ListAsync(DeadLetterFilter filter, int pageSize)
    {
        var names = ImmutableArray.CreateBuilder<string?>();
        DeadLetterCursor? next = null;
        do
        {
            var page = await _letters.DeadLetters.ListAsync(filter, pageSize, next, Token);
            names.AddRange(page.Letters.Select(letter => letter.Letter.Name));
            next = page.Next;
        }
        while (next is not null);

        return names.ToImmutable();
    }

    private sealed class NoClassifier : IImageClassifier
    {
        public Task<bool> WaitUntilReadyAsync(string? model, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImageClassification> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WarmUpAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
