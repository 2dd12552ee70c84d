using Pipeline.Testing.Emulators;

namespace Pipeline.Clients.Tests.Support;

/// <summary>The emulator, and one running product on it for all tests that do not need their own; each uses names and users of its own.</summary>
public sealed class ClientsFixture : IAsyncDisposable
{
    /// <summary>How many requests to classify again each user has there.</summary>
    internal const int Quota = 3;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private LocalFirebase? _shared;

    /// <summary>For tests that need a product of their own.</summary>
    internal FirestoreEmulator Emulator { get; } = new();

    internal async Task<LocalFirebase> SharedAsync()
    {
        NodeScript.Require();
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _shared ??= await LocalFirebase.StartAsync(Emulator, ("Pipeline__Quota__Requests", $"{Quota}"), ("Pipeline__Retries__FirstDelay", "500ms"));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shared is not null)
        {
            await _shared.DisposeAsync();
        }

        await Emulator.DisposeAsync();
        _turn.Dispose();
    }
}
