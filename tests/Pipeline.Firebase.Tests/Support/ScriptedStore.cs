using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Identity;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Tests.Support;

/// <summary>A store on a scripted server, or on nothing, with the operations that tests ask of it.</summary>
internal static class ScriptedStore
{
    public static readonly DocumentPath Path = new("classifications", "users%2Fu1%2Fa.jpg");

    public static readonly DateTimeOffset Version = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The answer to a get of <see cref="Path"/>.</summary>
    public const string GetAnswer =
        """[{"missing":"projects/demo-p/databases/(default)/documents/classifications/users%2Fu1%2Fa.jpg","readTime":"2026-11-25T12:00:00Z"}]""";

    /// <summary>Quick retries, and times that a busy machine keeps.</summary>
    public static FirestoreOptions Options(Uri address) => new("demo-p")
    {
        EmulatorHost = address.Authority,
        RequestTimeout = TimeSpan.FromSeconds(30),
        TotalTimeout = TimeSpan.FromSeconds(100),
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    /// <summary>Sends one request that is answered, so that nothing has to be loaded in the short time that the test gives the next one.</summary>
    public static async Task WarmUpAsync(Uri address)
    {
        using var store = Create(Options(address));
        await RunAsync(store, "get");
    }

    public static FirestoreDocumentStore Create(FirestoreOptions options, IAccessTokens? tokens = null) =>
        new(options, tokens ?? new EmulatorTokens(), TimeProvider.System, () => 0.5, NullLogger<FirestoreDocumentStore>.Instance);

    /// <summary>Asks for an operation by name.</summary>
    public static Task RunAsync(FirestoreDocumentStore store, string operation) => operation switch
    {
        "get" => store.GetAsync([Path], TestContext.Current.CancellationToken),
        "commit" => store.CommitAsync([Write(DocumentPrecondition.None)], TestContext.Current.CancellationToken),
        _ => store.QueryAsync(new DocumentQuery("classifications", [], null, false, 10), TestContext.Current.CancellationToken),
    };

    public static async Task<DocumentStoreException> FailAsync(FirestoreDocumentStore store, string operation)
    {
        var exception = await Assert.ThrowsAsync<DocumentStoreException>(() => RunAsync(store, operation));
        Assert.Equal(operation, exception.Operation);
        return exception;
    }

    public static DocumentWrite.Set Write(DocumentPrecondition precondition, ImmutableArray<string>? mask = null, ImmutableArray<string> serverTimes = default) =>
        new(Path, precondition, Fields.Of(("n", 1L)), mask, serverTimes.IsDefault ? [] : serverTimes);
}
