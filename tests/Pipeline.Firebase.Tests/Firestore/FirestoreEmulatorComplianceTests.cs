using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Identity;
using Pipeline.Testing.Documents;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Tests.Firestore;

/// <summary>The laws of document stores, on Google's emulator.</summary>
public sealed class FirestoreEmulatorComplianceTests : DocumentStoreCompliance, IAsyncLifetime
{
    private readonly FirestoreEmulator _emulator;
    private FirestoreDocumentStore? _store;

    public FirestoreEmulatorComplianceTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    protected override IDocumentStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        var address = await _emulator.StartAsync();
        var options = new FirestoreOptions("demo-compliance") { EmulatorHost = address.Authority };
        _store = new FirestoreDocumentStore(options, new EmulatorTokens(), TimeProvider.System, () => 0.5, NullLogger<FirestoreDocumentStore>.Instance);
    }

    /// <summary>A gap of the emulator; the service asks for an index that has to be made for it. Nothing of ours reads ids backwards.</summary>
    public override async Task Query_WithoutOrderDescending_IsByIdBackwards()
    {
        var exception = await Assert.ThrowsAsync<DocumentStoreException>(base.Query_WithoutOrderDescending_IsByIdBackwards);

        Assert.Contains("FAILED_PRECONDITION", exception.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        return ValueTask.CompletedTask;
    }
}
