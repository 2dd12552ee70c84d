using System.Diagnostics.CodeAnalysis;
using Pipeline.Testing.Processes;

namespace Pipeline.Testing.Emulators;

/// <summary>Where Google's emulators lie on this machine.</summary>
public static class EmulatorJars
{
    /// <summary>The Firestore emulator: where <c>FIRESTORE_EMULATOR_JAR</c> says, in the Google Cloud SDK, or where the Firebase CLI keeps it.</summary>
    public static bool TryFindFirestore([NotNullWhen(true)] out string? jar) =>
        TryFind("FIRESTORE_EMULATOR_JAR", "cloud-firestore-emulator", "cloud-firestore-emulator*.jar", out jar);

    /// <summary>The Pub/Sub emulator: where <c>PUBSUB_EMULATOR_JAR</c> says, or in the Google Cloud SDK.</summary>
    public static bool TryFindPubSub([NotNullWhen(true)] out string? jar) =>
        TryFind("PUBSUB_EMULATOR_JAR", Path.Combine("pubsub-emulator", "lib"), "cloud-pubsub-emulator*.jar", out jar);

    /// <summary>Whether there is a <c>java</c> to run them.</summary>
    public static bool HasJava => ToolPath.TryFind("java", out _);

    private static bool TryFind(string variable, string folder, string pattern, [NotNullWhen(true)] out string? jar)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } configured)
        {
            jar = File.Exists(configured) ? configured : null;
            return jar is not null;
        }

        jar = Roots()
            .SelectMany(root => new[] { Path.Combine(root, "platform", folder), root })
            .Where(Directory.Exists)
            .SelectMany(place => Directory.EnumerateFiles(place, pattern).OrderDescending(StringComparer.Ordinal))
            .FirstOrDefault();
        return jar is not null;
    }

    private static IEnumerable<string> Roots()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (ToolPath.TryFind("gcloud", out var gcloud))
        {
            var target = File.ResolveLinkTarget(gcloud, returnFinalTarget: true)?.FullName ?? gcloud;
            yield return Path.GetDirectoryName(Path.GetDirectoryName(target)!)!;
        }

        yield return Path.Combine(home, "google-cloud-sdk");
        yield return Path.Combine(home, ".cache", "firebase", "emulators");
    }
}
