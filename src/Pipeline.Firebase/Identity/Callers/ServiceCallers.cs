namespace Pipeline.Firebase.Identity.Callers;

/// <summary>Google's services and this project's own: they show an OpenID Connect token of a service account.</summary>
public sealed class ServiceCallers : IDisposable
{
    private static readonly string[] Issuers = ["https://accounts.google.com", "accounts.google.com"];

    private readonly CallerOptions _options;
    private readonly SigningKeys _keys;
    private readonly TokenVerifier _verifier;

    /// <param name="http">For the issuer's keys; not disposed of here.</param>
    public ServiceCallers(CallerOptions options, HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _keys = new SigningKeys(options.Keys, http, time);
        _verifier = new TokenVerifier(
            _keys,
            new TokenRules(Issuers, options.Audiences, options.ClockTolerance, options.Mode == CallerMode.Platform && options.AcceptRemovedSignature),
            time);
    }

    /// <summary>Lets a caller in.</summary>
    /// <param name="authorization">The whole header, or null where there is none.</param>
    /// <exception cref="TokenRefusedException">The caller may not call, or has not shown who it is.</exception>
    /// <exception cref="KeysUnavailableException">That cannot be decided now.</exception>
    public async ValueTask CheckAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (_options.Mode == CallerMode.Open)
        {
            return;
        }

        var token = await _verifier.VerifyAsync(BearerToken.Of(authorization), cancellationToken);
        if (_options.Accounts.Count == 0)
        {
            return;
        }

        if (token.VerifiedEmail is not { } email || !_options.Accounts.Contains(email, StringComparer.Ordinal))
        {
            throw new TokenRefusedException("This account may not call here.", isForbidden: true);
        }
    }

    public void Dispose() => _keys.Dispose();
}
