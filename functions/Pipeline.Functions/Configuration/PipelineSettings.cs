using Pipeline.Embedded.Endpoint.Access;
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
/// <param name="Storage">How Cloud Storage is asked, wherever it is.</param>
/// <param name="HasCloudObjects">Whether the objects are in Cloud Storage; else they are in this machine's own folder.</param>
/// <param name="Firestore">Where the documents are; null: in this machine's own store.</param>
internal sealed partial record PipelineSettings(
    WorkerOptions Worker,
    ClassificationOptions Classification,
    ModelStoreOptions Models,
    SqliteDocumentStoreOptions Documents,
    FolderBucketOptions Bucket,
    EndpointAccessOptions Endpoint,
    CloudStorageOptions Storage,
    bool HasCloudObjects,
    FirestoreOptions? Firestore,
    CallerOptions Callers,
    UserOptions Users,
    WarmUpOptions WarmUp);
