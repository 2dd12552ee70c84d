using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Identity;
using Pipeline.Testing.Emulators;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>A project of its own on the emulator, with the rules of the repository, and what workers send to it.</summary>
internal sealed class FirestoreWorld : IAsyncDisposable
{
    private readonly string _project;
    private readonly EmulatorTokens _tokens = new();

    private FirestoreWorld(string project, Uri emulator, FirestoreTraffic traffic)
    {
        _project = project;
        Traffic = traffic;
        var options = new FirestoreOptions(project) { EmulatorHost = emulator.Authority };
        Documents = new FirestoreDocumentStore(options, _tokens, TimeProvider.System, () => 0.5, NullLogger<FirestoreDocumentStore>.Instance);
    }

    public FirestoreTraffic Traffic { get; }

    /// <summary>The documents, past the counting.</summary>
    public FirestoreDocumentStore Documents { get; }

    /// <summary>Settings of a worker on this project.</summary>
    public (string Key, string Value)[] Settings => [("Firestore:EmulatorHost", Traffic.Host), ("Firestore:Project", _project)];

    public static async Task<FirestoreWorld> CreateAsync(FirestoreEmulator emulator, CancellationToken cancellationToken)
    {
        var project = FirestoreEmulator.NewProject();
        var address = await emulator.StartAsync();
        await emulator.LoadRulesAsync(project, await File.ReadAllTextAsync(Path.Combine(Programs.Checkout, "firestore.rules"), cancellationToken));
        return new FirestoreWorld(project, address, await FirestoreTraffic.StartAsync(address, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Documents.Dispose();
        _tokens.Dispose();
        await Traffic.DisposeAsync();
    }
}
