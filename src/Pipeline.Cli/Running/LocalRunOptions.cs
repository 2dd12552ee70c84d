using Pipeline.Cli.Configuring;

namespace Pipeline.Cli.Running;

/// <summary>What <c>pipeline run</c> was asked for.</summary>
/// <param name="Settings">The configuration, with the data folder where one was named.</param>
/// <param name="Bucket">The bucket's name; null for the configured one.</param>
/// <param name="Model">The model's folder; null for the configured one.</param>
/// <param name="Samples">Pictures to upload, or null.</param>
/// <param name="Once">End after the samples.</param>
/// <param name="FirestoreEmulator">Host and port of the Firestore emulator that holds the documents; null for what the environment says.</param>
internal sealed record LocalRunOptions(
    SettingsSelection Settings, string? Bucket, string? Model, int Port, int StoragePort, string? Samples, bool Once, string? FirestoreEmulator = null);
