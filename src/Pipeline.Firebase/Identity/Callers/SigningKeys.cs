using System.Net.Http.Headers;

namespace Pipeline.Firebase.Identity.Callers;

/// <summary>
/// An issuer's public keys, asked for when they are first needed and kept as long as the answer says. A token with an unknown key makes them be asked
/// for again, but not more than once in ten seconds: anybody can send such tokens.
/// </summary>
internal sealed class SigningKeys : IDisposable
{
    private const int MaxAnswerBytes = 256 * 1024;
    private static readonly TimeSpan DefaultAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan LargestAge = TimeSpan.FromDays(1);
    private static readonly TimeSpan LeastBetweenRenewals = TimeSpan.FromSeconds(10);

    private readonly Uri _address;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Stored? _stored;
    private DateTimeOffset _nextRenewal = DateTimeOffset.MinValue;

    /// <param name="http">Not disposed of here.</param>
    public SigningKeys(Uri address, HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        _address = address;
        _http = http;
        _time = time;
    }

    /// <summary>The keys. Old ones where new ones cannot be had: their issuer signs with the newest long before it drops others.</summary>
    /// <param name="keyId">The key that is needed.</param>
    /// <exception cref="KeysUnavailableException">They could not be had, and never were.</exception>
    public async ValueTask<KeySet> GetAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_stored is { } stored && IsEnough(stored, keyId))
        {
            return stored.Keys;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_stored is { } meanwhile && IsEnough(meanwhile, keyId))
            {
                return meanwhile.Keys;
            }

            if (_stored is not null)
            {
                _nextRenewal = _time.GetUtcNow() + LeastBetweenRenewals;
            }

            try
            {
                _stored = await FetchAsync(cancellationToken);
            }
            catch (Exception exception) when (_stored is not null && exception is KeysUnavailableException)
            {
                return _stored.Keys;
            }

            return _stored.Keys;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool IsEnough(Stored stored, string keyId)
    {
        var now = _time.GetUtcNow();
        return (now < stored.Until && stored.Keys.Has(keyId)) || now < _nextRenewal;
    }

    private async Task<Stored> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await answer.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            var keys = KeySet.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return new Stored(keys, _time.GetUtcNow() + AgeOf(answer.Headers.CacheControl));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is HttpRequestException or IOException or FormatException or OperationCanceledException)
        {
            throw new KeysUnavailableException(_address, exception.Message, exception);
        }
    }

    private static TimeSpan AgeOf(CacheControlHeaderValue? control) =>
        control?.MaxAge is { } age && age > TimeSpan.Zero ? (age < LargestAge ? age : LargestAge) : DefaultAge;

    private sealed record Stored(KeySet Keys, DateTimeOffset Until);
}
