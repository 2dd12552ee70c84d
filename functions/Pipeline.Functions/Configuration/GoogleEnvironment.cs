using Pipeline.Hosting;

namespace Pipeline.Functions.Configuration;

/// <summary>What the environment says of Google's services.</summary>
/// <param name="FirestoreEmulator"><c>FIRESTORE_EMULATOR_HOST</c>, as every client library of Google's takes it; null where it is not set.</param>
/// <param name="ProjectId">The project that the process runs in or was told of, or null.</param>
internal sealed record GoogleEnvironment(string? FirestoreEmulator, string? ProjectId, bool IsCloudRun)
{
    public static GoogleEnvironment Of(FunctionHostContext context)
    {
        var emulator = context.Variable("FIRESTORE_EMULATOR_HOST");
        return new GoogleEnvironment(string.IsNullOrEmpty(emulator) ? null : emulator, context.Hosting.ProjectId, context.IsCloudRun);
    }
}
