using Pipeline.Cli.Running;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Firebase.Firestore;
using Pipeline.Testing.Documents;

namespace Pipeline.Cli.Tests.Running;

public sealed class LocalPageChoiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-choice-").FullName;
    private readonly InMemoryDocumentStore _worker = new(TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Choose_Firestore_HasNoPage() =>
        Assert.Null(LocalPageChoice.Choose(null, _worker, "documents.db", new FirestoreOptions("shop") { Database = "photos" }));

    [Fact]
    public void Choose_Emulator_SaysWhichAndWhere()
    {
        var documents = LocalPageChoice.Choose(null, _worker, "documents.db", new FirestoreOptions("demo-shop") { EmulatorHost = "127.0.0.1:8085" });

        Assert.Equal("Firestore emulator at 127.0.0.1:8085, project demo-shop, database (default)", documents!.Place);
    }

    [Fact]
    public void Choose_ThisMachine_SaysTheFile()
    {
        using var store = SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(Path.Combine(_folder, "documents.db")), TimeProvider.System);

        Assert.Equal("SQLite, /data/documents.db", LocalPageChoice.Choose(store, _worker, "/data/documents.db", null)!.Place);
    }
}
