using Pipeline.Firebase.CloudStorage;
using Pipeline.Firebase.Identity;

namespace Pipeline.Functions.Wiring;

/// <summary>The one connection to Cloud Storage. It is made when it is first needed: Google's libraries would else be loaded before the port is open.</summary>
internal sealed class CloudStorage : IDisposable
{
    private readonly Lazy<IAccessTokens> _tokens;
    private readonly Lazy<CloudStorageObjectStore> _store;

    public CloudStorage(CloudStorageOptions options, TimeProvider time, Func<double> chance, ILogger<CloudStorageObjectStore> logger)
    {
        _tokens = new Lazy<IAccessTokens>(() => AccessTokenSources.Create(options.EmulatorHost is not null, CloudStorageObjectStore.Scope));
        _store = new Lazy<CloudStorageObjectStore>(() => new CloudStorageObjectStore(options, _tokens.Value, time, chance, logger));
    }

    public CloudStorageObjectStore Store => _store.Value;

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }

        if (_tokens.IsValueCreated)
        {
            _tokens.Value.Dispose();
        }
    }
}
