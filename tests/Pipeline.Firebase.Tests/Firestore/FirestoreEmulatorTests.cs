using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Tests.Support;
using Pipeline.Testing.Documents;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.Tests.Firestore;

/// <summary>What goes beyond the laws of document stores, on Google's emulator.</summary>
public sealed class FirestoreEmulatorTests
{
    private readonly FirestoreEmulator _emulator;

    public FirestoreEmulatorTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_Emulator_FindsTheDatabase()
    {
        using var store = await CreateAsync();

        await store.OpenAsync(Cancellation);
    }

    [Fact]
    public async Task Ids_OfObjectNamesWithEveryCharacter_FindTheirDocuments()
    {
        using var store = await CreateAsync();
        var printable = string.Concat(Enumerable.Range(0x20, 0x5F).Select(code => (char)code));
        string[] names = [printable, "grün/花/🌻.jpg", "..", ".", "a/../b", "a%2Fb", "__x__", "users/u1/a:b?c#d.jpg", new string('ü', 512), .. printable.Select(c => $"x{c}y")];
        DocumentPath[] paths = [.. names.Select(name => new DocumentPath("classifications", DocumentIds.FromName(name)))];
        Assert.Equal(names.Length, paths.Distinct().Count());

        await CommitAsync(store, [.. paths.Zip(names, (path, name) => Set(path, ("name", name)))]);

        var read = await store.GetAsync(paths, Cancellation);
        Assert.Equal(names, read.Documents.Select(document => ((DocumentValue.StringValue)document.Fields!["name"]).Value));
        var found = await store.QueryAsync(new DocumentQuery("classifications", [], null, false, 1000), Cancellation);
        Assert.Equal(paths.Select(path => path.Id).Order(Comparer<string>.Create(DocumentValueComparer.CompareText)), found.Documents.Select(document => document.Path.Id));
    }

    [Theory]
    [InlineData("u%2F1")]
    [InlineData("a b?c#d&e=f+g;h,i@j")]
    [InlineData("100%")]
    [InlineData("..a")]
    [InlineData("grün花🌻")]
    public async Task Query_BelowADocumentWithSuchAnId_FindsItsDocuments(string parent)
    {
        using var store = await CreateAsync();
        var path = new DocumentPath($"users/{parent}/photos", "p");
        await CommitAsync(store, Set(path, ("n", 1L)), Set(new DocumentPath("users/other/photos", "q"), ("n", 1L)));

        var found = await store.QueryAsync(new DocumentQuery(path.Collection, [], "n", true, 10), Cancellation);

        Assert.Equal(path, Assert.Single(found.Documents).Path);
    }

    /// <summary>A gap of the emulator: it takes an encoded colon in an address for the one before the method's name.</summary>
    [Fact]
    public async Task Query_BelowADocumentWithAColonInItsId_IsNotUnderstoodByTheEmulator()
    {
        using var store = await CreateAsync();

        var exception = await Assert.ThrowsAsync<DocumentStoreException>(
            () => store.QueryAsync(new DocumentQuery("users/a:b/photos", [], null, false, 10), Cancellation));

        Assert.Equal(DocumentStoreError.InvalidArgument, exception.Error);
    }

    [Fact]
    public async Task Databases_OfOneProject_AreApart()
    {
        var project = FirestoreEmulator.NewProject();
        using var standard = await CreateAsync(project);
        using var named = await CreateAsync(project, "my-database");
        var path = new DocumentPath("c", "d");

        await CommitAsync(named, Set(path, ("n", 1L)));

        Assert.False((await standard.GetAsync([path], Cancellation)).Documents[0].Exists);
        Assert.True((await named.GetAsync([path], Cancellation)).Documents[0].Exists);
    }

    [Fact]
    public async Task Values_OfAnApp_ReadBackAsTheyAre()
    {
        var project = FirestoreEmulator.NewProject();
        using var store = await CreateAsync(project);
        var reference = new DocumentValue.ReferenceValue($"projects/{project}/databases/(default)/documents/users/u 1");
        var path = new DocumentPath("c", "d");

        await CommitAsync(store, Set(path, ("author", reference), ("place", new DocumentValue.GeoPointValue(-12.5, 179.25))));

        var fields = (await store.GetAsync([path], Cancellation)).Documents[0].Fields!;
        Assert.Equal(reference, fields["author"]);
        Assert.Equal(new DocumentValue.GeoPointValue(-12.5, 179.25), fields["place"]);
        var found = await store.QueryAsync(new DocumentQuery("c", [new DocumentFilter("author", DocumentFilterOperator.Equal, reference)], null, false, 1), Cancellation);
        Assert.Single(found.Documents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Query_EqualToNullOrNaN_FindsThose(bool isNull)
    {
        using var store = await CreateAsync();
        var value = isNull ? DocumentValue.Null : double.NaN;
        await CommitAsync(store, Set(new DocumentPath("c", "a"), ("v", value)), Set(new DocumentPath("c", "b"), ("v", 1.0)), Set(new DocumentPath("c", "d")));

        var found = await store.QueryAsync(new DocumentQuery("c", [new DocumentFilter("v", DocumentFilterOperator.Equal, value)], null, false, 10), Cancellation);

        Assert.Equal("a", Assert.Single(found.Documents).Path.Id);
    }

    [Fact]
    public async Task Commit_LargestText_IsTakenAndOneByteMoreIsInvalid()
    {
        const int Largest = 1_048_487;
        using var store = await CreateAsync();
        var path = new DocumentPath("c", "d");

        await CommitAsync(store, Set(path, ("t", new string('x', Largest))));
        var exception = await Assert.ThrowsAsync<DocumentStoreException>(() => CommitAsync(store, Set(path, ("t", new string('x', Largest + 1)))));

        Assert.Equal(DocumentStoreError.InvalidArgument, exception.Error);
        Assert.Contains("1048487", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_EmptyMask_ChangesNothingButMakesTheDocument()
    {
        using var store = await CreateAsync();
        var path = new DocumentPath("c", "d");

        await store.CommitAsync([new DocumentWrite.Set(path, DocumentPrecondition.None, Fields.Of(("n", 1L)), [], ["at"])], Cancellation);

        Assert.Equal(["at"], (await store.GetAsync([path], Cancellation)).Documents[0].Fields!.Keys);
    }

    private static DocumentWrite.Set Set(DocumentPath path, params ReadOnlySpan<(string Name, DocumentValue Value)> fields) =>
        new(path, DocumentPrecondition.None, Fields.Of(fields), null, []);

    private static async Task CommitAsync(FirestoreDocumentStore store, params DocumentWrite[] writes) =>
        Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(writes, Cancellation));

    private async Task<FirestoreDocumentStore> CreateAsync(string? project = null, string database = FirestoreOptions.DefaultDatabase)
    {
        var address = await _emulator.StartAsync();
        return ScriptedStore.Create(new FirestoreOptions(project ?? FirestoreEmulator.NewProject()) { EmulatorHost = address.Authority, Database = database });
    }
}
