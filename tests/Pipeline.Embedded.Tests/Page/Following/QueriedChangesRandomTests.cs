using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.Page.Following;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Testing.Documents;
using Pipeline.Testing.Faults;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Page.Following;

/// <summary>Others change documents between any two reads of a look, with times that lie back, while some reads fail.</summary>
public sealed class QueriedChangesRandomTests
{
    private const int Looks = 120;
    private const int Names = 2 * FollowedCollection.RoundPage;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private long _number;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 0.02)]
    [InlineData(5, 0.02)]
    [InlineData(6, 0.2)]
    public async Task Looks_AmongChangesAndFailures_MissNothingAndTellNothingTwiceOrBackwards(int seed, double failures)
    {
        var random = new Random(seed);
        var documents = new InMemoryDocumentStore(_time);
        var plan = new FaultPlan { Queries = new DocumentFaultRates { Unavailable = failures } };
        var store = new FaultyDocumentStore(documents, plan, seed, _time);
        var interrupted = new InterruptedStore(store) { BeforeQuery = () => ChangeAsync(documents, random) };
        var follower = new Follower(new QueriedChanges(interrupted, ["results", "letters"], _time));
        var told = new Dictionary<DocumentPath, long>();
        for (var look = 0; look < Looks; look++)
        {
            await TryLookAsync(follower);
            NeverBackwards(told, follower);
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(500)));
        }

        interrupted.BeforeQuery = () => Task.CompletedTask;
        store.Plan = FaultPlan.None;
        await follower.LookAsync();
        Assert.All(documents.Peek("results"), document => Assert.Equal(document.Fields!["n"], follower.Documents.GetValueOrDefault(document.Path)?["n"]));
        for (var look = 0; look < 2 * ((Names / FollowedCollection.RoundPage) + 1); look++)
        {
            await follower.LookAsync();
        }

        Assert.Equal(Numbers(documents), follower.Documents.ToDictionary(document => document.Key, document => document.Value["n"]));
        Assert.InRange(follower.Beginnings, 1, failures == 0 ? 1 : Looks);
    }

    /// <summary>Numbers rise with every change of the store: a lower one than before would be an older state.</summary>
    private static void NeverBackwards(Dictionary<DocumentPath, long> told, Follower follower)
    {
        foreach (var (path, fields) in follower.Documents)
        {
            var number = Assert.IsType<DocumentValue.IntegerValue>(fields["n"]).Value;
            Assert.True(told.GetValueOrDefault(path) <= number, $"{path} went back from {told.GetValueOrDefault(path)} to {number}.");
            told[path] = number;
        }
    }

    private static async Task TryLookAsync(Follower follower)
    {
        try
        {
            await follower.LookAsync();
        }
        catch (DocumentStoreException)
        {
            // The next look tells it.
        }
    }

    private static Dictionary<DocumentPath, DocumentValue> Numbers(InMemoryDocumentStore documents) =>
        documents.Peek("results").Concat(documents.Peek("letters")).ToDictionary(document => document.Path, document => document.Fields!["n"]);

    private async Task ChangeAsync(InMemoryDocumentStore documents, Random random)
    {
        for (var count = random.Next(6); count > 0; count--)
        {
            var path = $"{(random.Next(3) == 0 ? "letters" : "results")}/{random.Next(Names):000}";
            DocumentWrite write = random.Next(4) == 0
                ? Documents.Delete(path)
                : Documents.Set(path, DocumentPrecondition.None, ("n", ++_number), ("updatedAt", _time.GetUtcNow().AddMilliseconds(-random.Next(1900))));
            await documents.CommitAsync(write);
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(20)));
        }
    }
}
