using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded;
using Pipeline.Embedded.Page;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Firebase.Firestore;
using Pipeline.Worker;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Cli.Running;

/// <summary>Which documents the page shows: those of this machine, or of an emulator. For Firestore itself there is no page, because each of its looks would be paid for.</summary>
internal static class LocalPageChoice
{
    /// <param name="history">The documents of this machine; null where they are in Firestore or its emulator.</param>
    /// <returns>Null where there is no page.</returns>
    public static LocalPage? Create(IServiceProvider worker, SqliteDocumentStore? history, LocalPlaces places, LocalPlatform platform) =>
        Choose(history, worker.GetRequiredService<IDocumentStore>(), places.Documents, worker.GetService<FirestoreOptions>()) is { } documents
            ? new LocalPage(
                worker.GetRequiredService<UploadWorker>(),
                worker.GetRequiredService<WorkerOptions>(),
                worker.GetRequiredService<ClassificationOptions>(),
                worker.GetRequiredService<ModelRegistry>(),
                documents,
                platform,
                TimeProvider.System,
                worker.GetRequiredService<ILoggerFactory>())
            : null;

    internal static PageDocuments? Choose(SqliteDocumentStore? history, IDocumentStore documents, string path, FirestoreOptions? firestore) => (history, firestore) switch
    {
        ({ } store, null) => PageDocuments.OfThisMachine(store, $"SQLite, {path}"),
        (null, { EmulatorHost: not null }) => PageDocuments.OfEmulator(documents, FirestoreCheck.Describe(firestore)),
        _ => null,
    };
}
