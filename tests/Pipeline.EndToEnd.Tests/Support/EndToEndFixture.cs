using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Testing.Uploads;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>A data folder, a storage endpoint over it, and its documents.</summary>
internal sealed class EndToEndFixture : IAsyncDisposable
{
    private const string Results = "classifications";
    private const string DeadLetters = "deadLetters";

    private EndToEndFixture(string data, StorageHost storage, SqliteDocumentStore documents)
    {
        Data = data;
        Storage = storage;
        Documents = documents;
    }

    public string Data { get; }

    public StorageHost Storage { get; }

    public SqliteDocumentStore Documents { get; }

    public static async Task<EndToEndFixture> CreateAsync(CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("pipeline-").FullName;
        var storage = await StorageHost.StartAsync(data, cancellationToken);
        return new EndToEndFixture(data, storage, SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(Path.Combine(data, "documents.db")), TimeProvider.System));
    }

    /// <summary>Settings of a worker on this data, with others on top.</summary>
    public Dictionary<string, string> Settings(params (string Key, string Value)[] others)
    {
        var settings = new Dictionary<string, string> { ["Embedded:Data"] = Data, ["Buckets:0:Bucket"] = StorageHost.Bucket };
        foreach (var (key, value) in others)
        {
            settings[key] = value;
        }

        return settings;
    }

    public Task<DocumentSnapshot> ResultAsync(string name, CancellationToken cancellationToken) => ReadAsync(Results, name, cancellationToken);

    public Task<DocumentSnapshot> LetterAsync(string name, CancellationToken cancellationToken) => ReadAsync(DeadLetters, name, cancellationToken);

    public async Task<string?> StatusAsync(string name, CancellationToken cancellationToken) =>
        (await ResultAsync(name, cancellationToken)).Fields?.GetValueOrDefault("status") is DocumentValue.StringValue status ? status.Value : null;

    /// <summary>Every change of every result, oldest first.</summary>
    public async Task<IReadOnlyList<DocumentChange>> HistoryAsync(CancellationToken cancellationToken) =>
        [.. (await Documents.ReadHistoryAsync(0, 10_000, cancellationToken)).Where(change => change.Path.Collection == Results)];

    public async ValueTask DisposeAsync()
    {
        Documents.Dispose();
        await Storage.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }

    private async Task<DocumentSnapshot> ReadAsync(string collection, string name, CancellationToken cancellationToken) =>
        (await Documents.GetAsync([new DocumentPath(collection, DocumentIds.FromName(name))], cancellationToken)).Documents[0];
}
