using System.Collections.Immutable;
using Pipeline.Testing.Uploads;

namespace Pipeline.Benchmarks.Stores;

/// <summary>Which stores are compared: those of this machine, then Google's step by step.</summary>
internal static class StoreCases
{
    /// <param name="data">A folder for documents and objects.</param>
    /// <param name="firestore">Host and port of the Firestore emulator.</param>
    /// <param name="storage">Where the storage endpoint listens.</param>
    public static ImmutableArray<StoreCase> Create(string data, string firestore, Uri storage)
    {
        var embedded = ImmutableDictionary<string, string>.Empty
            .Add("Pipeline__Embedded__Data", data)
            .Add("Pipeline__Buckets__0__Bucket", StorageHost.Bucket);
        return
        [
            new StoreCase("documents in SQLite, objects in a folder", embedded),
            new StoreCase("documents in Firestore (emulator), objects in a folder", WithFirestore(embedded, firestore)),
            new StoreCase(
                "documents in Firestore (emulator), objects over Google's storage client",
                WithFirestore(embedded, firestore).Add("Pipeline__Storage__EmulatorHost", storage.Authority)),
        ];
    }

    /// <summary>A project of its own: what one worker has classified is no work for another.</summary>
    private static ImmutableDictionary<string, string> WithFirestore(ImmutableDictionary<string, string> environment, string firestore) => environment
        .Add("Pipeline__Firestore__EmulatorHost", firestore)
        .Add("Pipeline__Firestore__Project", $"demo-bench-{Guid.NewGuid():N}"[..30]);
}
