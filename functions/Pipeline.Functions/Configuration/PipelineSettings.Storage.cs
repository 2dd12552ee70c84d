using Pipeline.Firebase.CloudStorage;
using Pipeline.Hosting.Startup;

namespace Pipeline.Functions.Configuration;

internal sealed partial record PipelineSettings
{
    private static CloudStorageOptions ReadStorage(ConfigurationReader reader, GoogleEnvironment google)
    {
        var defaults = new CloudStorageOptions();
        return defaults with
        {
            EmulatorHost = reader.OptionalText("Storage:EmulatorHost") ?? google.StorageEmulator,
            ConnectTimeout = reader.Duration("Storage:ConnectTimeout", defaults.ConnectTimeout),
            RequestTimeout = reader.Duration("Storage:RequestTimeout", defaults.RequestTimeout),
            TotalTimeout = reader.Duration("Storage:TotalTimeout", defaults.TotalTimeout),
            RetryDelay = reader.Duration("Storage:RetryDelay", defaults.RetryDelay),
        };
    }

    /// <summary>
    /// Objects are in Cloud Storage where that is said, where an emulator is named, and on Cloud Run, whose disks are memory. What is said wins over an
    /// emulator of the environment's, which other programs of a developer's machine may need.
    /// </summary>
    private static bool HasObjectsInCloud(ConfigurationReader reader, GoogleEnvironment google) =>
        reader.OptionalBoolean("Storage:Cloud")
        ?? ((reader.OptionalText("Storage:EmulatorHost") ?? google.StorageEmulator) is not null || google.IsCloudRun && !NamesEmbeddedObjects(reader));

    private static bool NamesEmbeddedObjects(ConfigurationReader reader) =>
        reader.OptionalText("Embedded:Folder") is not null || reader.OptionalText("Embedded:Data") is not null;
}
