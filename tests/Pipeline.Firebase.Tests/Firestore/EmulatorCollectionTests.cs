using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Identity;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Tests.Firestore;

/// <summary>What comes to be in a collection of Google's emulator.</summary>
public sealed class EmulatorCollectionTests
{
    private const string Collection = "classificationRequests";

    private readonly FirestoreEmulator _emulator;

    public EmulatorCollectionTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindNew_DocumentsThatComeChangeAndComeAgain_TellsOfEachThatCameOnce()
    {
        var options = await CreateAsync();
        using var store = Open(options);
        var collection = new EmulatorCollection(options, Collection, _emulator.Http);
        await WriteAsync(store, "old/1", "old 2");

        Assert.Equal(["old/1", "old 2"], (await collection.FindNewAsync(Cancellation)).Select(Text));
        Assert.Empty(await collection.FindNewAsync(Cancellation));

        await store.CommitAsync([Set("old/1", "changed")], Cancellation);
        await WriteAsync(store, "new");
        var found = Assert.Single(await collection.FindNewAsync(Cancellation));
        Assert.Equal(("new", $"projects/{options.Project}/databases/(default)/documents/{Collection}/new"), (found.Id, found.Name));

        await store.CommitAsync([new DocumentWrite.Delete(Path("new"), DocumentPrecondition.None)], Cancellation);
        Assert.Empty(await collection.FindNewAsync(Cancellation));
        await WriteAsync(store, "new");
        var again = Assert.Single(await collection.FindNewAsync(Cancellation));
        Assert.True(again.CreateTime > found.CreateTime);
    }

    [Fact]
    public async Task FindNew_MoreThanAPage_TellsOfAll()
    {
        var options = await CreateAsync();
        using var store = Open(options);
        for (var batch = 0; batch < 4; batch++)
        {
            await store.CommitAsync([.. Enumerable.Range(batch * 200, 200).Select(number => Set($"{number}", "x"))], Cancellation);
        }

        var found = await new EmulatorCollection(options, Collection, _emulator.Http).FindNewAsync(Cancellation);

        Assert.Equal(800, found.Select(document => document.Id).Distinct().Count());
    }

    [Fact]
    public async Task FindNew_NoEmulator_FailsAndForgetsNothing()
    {
        var options = await CreateAsync();
        var gone = new EmulatorCollection(options with { EmulatorHost = "127.0.0.1:1" }, Collection, _emulator.Http);

        await Assert.ThrowsAsync<HttpRequestException>(() => gone.FindNewAsync(Cancellation));
        Assert.Throws<ArgumentException>(() => new EmulatorCollection(options with { EmulatorHost = null }, Collection, _emulator.Http));
    }

    private static FirestoreDocumentStore Open(FirestoreOptions options) =>
        new(options, new EmulatorTokens(), TimeProvider.System, () => 0.5, NullLogger<FirestoreDocumentStore>.Instance);

    private static DocumentPath Path(string text) => new(Collection, text.Replace("/", "%2F", StringComparison.Ordinal));

    private static DocumentWrite.Set Set(string text, string value) =>
        new(Path(text), DocumentPrecondition.None, DocumentFields.Empty.Add("name", value), null, []);

    private static async Task WriteAsync(FirestoreDocumentStore store, params string[] texts)
    {
        foreach (var text in texts)
        {
            await store.CommitAsync([Set(text, text)], Cancellation);
        }
    }

    private static string Text(CreatedDocument document)
    {
        using var json = System.Text.Json.JsonDocument.Parse(document.Json);
        return json.RootElement.GetProperty("fields").GetProperty("name").GetProperty("stringValue").GetString()!;
    }

    private async Task<FirestoreOptions> CreateAsync() => new(FirestoreEmulator.NewProject()) { EmulatorHost = (await _emulator.StartAsync()).Authority };
}
