using Pipeline.Hosting;

namespace Pipeline.Functions.Configuration;

/// <summary>What the environment says of Google's services.</summary>
/// <param name="FirestoreEmulator"><c>FIRESTORE_EMULATOR_HOST</c>, as every client library of Google's takes it; null where it is not set.</param>
/// <param name="StorageEmulator"><c>STORAGE_EMULATOR_HOST</c>, likewise.</param>
/// <param name="ProjectId">The project that the process runs in or was told of, or null.</param>
internal sealed record GoogleEnvironment(string? FirestoreEmulator, string? StorageEmulator, string? ProjectId, bool IsCloudRun)
{
    public static GoogleEnvironment Of(FunctionHostContext context)
    {
        return new GoogleEnvironment(Find("FIRESTORE_EMULATOR_HOST"), Find("STORAGE_EMULATOR_HOST"), context.Hosting.ProjectId, context.IsCloudRun);

        string? Find(string name) => context.Variable(name) is { Length: > 0 } value ? value : null;
    }
}
