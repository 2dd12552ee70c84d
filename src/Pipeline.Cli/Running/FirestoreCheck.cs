using Pipeline.Firebase.Firestore;
using Pipeline.Worker.Documents;

namespace Pipeline.Cli.Running;

/// <summary>What has to be known of Firestore before everything else is started.</summary>
internal static class FirestoreCheck
{
    private static readonly DocumentPath Missing = new("pipeline", "probe");

    /// <summary>Asks it once, and warns of an emulator without rules.</summary>
    /// <exception cref="IOException">It cannot be used; the message says what to do.</exception>
    public static async Task RunAsync(FirestoreOptions options, IDocumentStore documents, HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            await documents.GetAsync([Missing], cancellationToken);
        }
        catch (DocumentStoreException exception) when (options.EmulatorHost is { } host)
        {
            throw new IOException($"There is no Firestore emulator at {host}; scripts/emulators.sh start starts one. {exception.Message}", exception);
        }

        if (options.EmulatorHost is not null && !await FirestoreEmulatorRules.AreLoadedAsync(options, http, cancellationToken))
        {
            await Console.Error.WriteLineAsync("The Firestore emulator has no rules, so every client may do everything; scripts/emulators.sh start loads firestore.rules.");
        }
    }

    /// <summary>Where the documents are, in one line.</summary>
    public static string Describe(FirestoreOptions options)
    {
        var place = options.EmulatorHost is { } host ? $"Firestore emulator at {host}" : "Firestore";
        return $"{place}, project {options.Project}, database {options.Database}";
    }
}
