namespace Pipeline.Cli.Running;

/// <summary>What <c>pipeline run</c> was asked for.</summary>
/// <param name="Data">Holds the buckets and the documents.</param>
/// <param name="Samples">Pictures to upload, or null.</param>
/// <param name="Once">End after the samples.</param>
/// <param name="FirestoreEmulator">Host and port of the Firestore emulator that holds the documents; null for what the environment says.</param>
internal sealed record LocalRunOptions(string Data, string Bucket, string Model, int Port, int StoragePort, string? Samples, bool Once, string? FirestoreEmulator = null);
