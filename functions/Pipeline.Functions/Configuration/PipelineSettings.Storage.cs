using Pipeline.Firebase.CloudStorage;
using Pipeline.Hosting.Startup;

namespace Pipeline.Functions.Configuration;

internal sealed partial record PipelineSettings
{
    /// <summary>
    /// Objects are in Cloud Storage where that is said, where an emulator is named, and on Cloud Run, whose disks are memory. What is said wins over an
    /// emulator of the environment's, which other programs of a developer's machine may need.
    /// </summary>
    private static CloudStorageOptions? ReadStorage(ConfigurationReader reader, GoogleEnvironment google)
    {
        var emulator = reader.OptionalText("Storage:EmulatorHost") ?? google.StorageEmulator;
        var defaults = new CloudStorageOptions();
        var options = defaults with
        {
            EmulatorHost = emulator,
            ConnectTimeout = reader.Duration("Storage:ConnectTimeout", defaults.ConnectTimeout),
            RequestTimeout = reader.Duration("Storage:RequestTimeout", defaults.RequestTimeout),
            TotalTimeout = reader.Duration("Storage:TotalTimeout", defaults.TotalTimeout),
            RetryDelay = reader.Duration("Storage:RetryDelay", defaults.RetryDelay),
        };
        var isWanted = reader.OptionalBoolean("Storage:Cloud") ?? (emulator is not null || google.IsCloudRun && !NamesEmbeddedObjects(reader));
        return isWanted ? options : null;
    }

    private static bool NamesEmbeddedObjects(ConfigurationReader reader) =>
        reader.OptionalText("Embedded:Folder") is not null || reader.OptionalText("Embedded:Data") is not null;
}
