using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.SqliteDocuments;

public sealed class SqliteDocumentStoreComplianceTests : LocalDocumentStoreCompliance, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDocumentStore _store;

    public SqliteDocumentStoreComplianceTests()
    {
        _store = SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(_folder["documents.db"]), Time);
    }

    protected override IDocumentStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
