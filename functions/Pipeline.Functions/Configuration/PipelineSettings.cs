using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Firebase.CloudStorage;
using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Identity.Callers;
using Pipeline.Functions.WarmingUp;
using Pipeline.Worker;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Functions.Configuration;

/// <summary>The whole configuration of the functions, one record of options for each room.</summary>
/// <param name="Storage">Where the objects are; null: in this machine's own folder.</param>
/// <param name="Firestore">Where the documents are; null: in this machine's own store.</param>
internal sealed partial record PipelineSettings(
    WorkerOptions Worker,
    ClassificationOptions Classification,
    ModelStoreOptions Models,
    SqliteDocumentStoreOptions Documents,
    FolderBucketOptions Bucket,
    CloudStorageOptions? Storage,
    FirestoreOptions? Firestore,
    CallerOptions Callers,
    UserOptions Users,
    WarmUpOptions WarmUp);
