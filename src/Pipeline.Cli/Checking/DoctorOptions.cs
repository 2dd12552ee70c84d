using Pipeline.Cli.Configuring;

namespace Pipeline.Cli.Checking;

/// <summary>What is checked.</summary>
internal sealed record DoctorOptions(SettingsSelection Settings, int Port, int StoragePort, bool Json);
