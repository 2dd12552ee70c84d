using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Embedded.Page.Following;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Identity;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Page.Following;

/// <summary>On Google's emulator, while several writers change documents as fast as they can.</summary>
public sealed class QueriedChangesEmulatorTests : IDisposable
{
    private const int Writers = 4;
    private const int Writes = 60;
    private const int Names = 40;

    private readonly FirestoreEmulator _emulator;
    private readonly string _project = FirestoreEmulator.NewProject();
    private readonly EmulatorTokens _tokens = new();

    public QueriedChangesEmulatorTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    public void Dispose() => _tokens.Dispose();

    [Fact]
    public async Task Looks_AmongWriters_EndWithWhatIsThereAndNeverGoBack()
    {
        using var store = await OpenAsync();
        var follower = new Follower(new QueriedChanges(store, ["results", "letters"], TimeProvider.System));
        await follower.LookAsync();
        var seen = new Dictionary<DocumentPath, long>();
        var writers = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(store, writer)));
        while (!writers.IsCompleted)
        {
            await follower.LookAsync();
            foreach (var (path, fields) in follower.Documents)
            {
                var number = Assert.IsType<DocumentValue.IntegerValue>(fields["n"]).Value;
                Assert.True(number >= seen.GetValueOrDefault(path), $"{path} went back.");
                seen[path] = number;
            }
        }

        await writers;
        await follower.LookAsync();
        await follower.LookAsync();

        Assert.Equal(await ReadAsync(store), follower.Documents.ToDictionary(document => document.Key, document => document.Value["n"]));
        Assert.Equal(1, follower.Beginnings);
    }

    [Fact]
    public async Task Look_AtAnEmulatorThatWasCleared_LeavesNothing()
    {
        using var store = await OpenAsync();
        var follower = new Follower(new QueriedChanges(store, ["results"], TimeProvider.System));
        await store.CommitAsync([.. Enumerable.Range(0, 250).Select(number => Set(string.Create(CultureInfo.InvariantCulture, $"results/{number}"), 1))]);
        await follower.LookAsync();
        await follower.LookAsync();
        Assert.Equal(250, follower.Documents.Count);

        await _emulator.ClearAsync(_project);

        await follower.LookAsync();
        await follower.LookAsync();
        Assert.Empty(follower.Documents);
    }

    private async Task<FirestoreDocumentStore> OpenAsync()
    {
        var options = new FirestoreOptions(_project) { EmulatorHost = (await _emulator.StartAsync()).Authority };
        return new FirestoreDocumentStore(options, _tokens, TimeProvider.System, () => 0.5, NullLogger<FirestoreDocumentStore>.Instance);
    }

    /// <summary>Each writer has documents of its own, so that its numbers rise in each of them.</summary>
    private static async Task WriteAsync(FirestoreDocumentStore store, int writer)
    {
        for (var number = 1; number <= Writes; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{writer}%2F{number * 7 % (Names / Writers)}");
            await store.CommitAsync(Set($"results/{id}", number), number % 3 == 0 ? Documents.Delete($"letters/{id}") : Set($"letters/{id}", number));
        }
    }

    private static DocumentWrite.Set Set(string path, long number) =>
        new(Documents.Path(path), DocumentPrecondition.None, Documents.Fields(("n", number)), Mask: null, ServerTimes: ["updatedAt"]);

    private static async Task<Dictionary<DocumentPath, DocumentValue>> ReadAsync(FirestoreDocumentStore store)
    {
        var found = new Dictionary<DocumentPath, DocumentValue>();
        foreach (var collection in (string[])["results", "letters"])
        {
            await foreach (var page in CollectionPages.ReadAsync(store, collection, 300, TestContext.Current.CancellationToken))
            {
                foreach (var document in page.Documents)
                {
                    found.Add(document.Path, document.Fields!["n"]);
                }
            }
        }

        return found;
    }
}
