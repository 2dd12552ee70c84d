namespace Pipeline.Firebase.Identity.Callers;

/// <summary>
/// Users of the app. They show an ID token of Firebase Authentication (https://firebase.google.com/docs/auth/admin/verify-id-tokens), and the app shows
/// a token of App Check where that is enforced (https://firebase.google.com/docs/app-check/custom-resource-backend).
/// </summary>
public sealed class AppUsers : IDisposable
{
    private const int LongestUid = 128;

    private readonly UserOptions _options;
    private readonly TimeProvider _time;
    private readonly SigningKeys _userKeys;
    private readonly SigningKeys _appKeys;
    private readonly TokenVerifier? _users;
    private readonly TokenVerifier? _apps;

    /// <param name="http">For the issuers' keys; not disposed of here.</param>
    public AppUsers(UserOptions options, HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _time = time;
        _userKeys = new SigningKeys(options.UserKeys, http, time);
        _appKeys = new SigningKeys(options.AppCheckKeys, http, time);
        _users = string.IsNullOrEmpty(options.Project)
            ? null
            : new TokenVerifier(_userKeys, new TokenRules([$"https://securetoken.google.com/{options.Project}"], [options.Project], options.ClockTolerance), time);
        _apps = options.AppCheckProjectNumber is not { } number
            ? null
            : new TokenVerifier(_appKeys, new TokenRules([$"https://firebaseappcheck.googleapis.com/{number}"], [$"projects/{number}"], options.ClockTolerance), time);
    }

    /// <summary>Looks at who calls.</summary>
    /// <param name="authorization">The whole header, or null: an anonymous caller.</param>
    /// <param name="appCheck">The header <c>X-Firebase-AppCheck</c>, or null.</param>
    /// <returns>The user's id, or null for an anonymous caller.</returns>
    /// <exception cref="TokenRefusedException">The caller may not call, or has not shown who it is.</exception>
    /// <exception cref="KeysUnavailableException">That cannot be decided now.</exception>
    public async ValueTask<string?> CheckAsync(string? authorization, string? appCheck, CancellationToken cancellationToken)
    {
        if (_apps is not null)
        {
            await _apps.VerifyAsync(appCheck ?? throw new TokenRefusedException("A token of App Check is needed: X-Firebase-AppCheck."), cancellationToken);
        }

        if (authorization is null)
        {
            return _options.SignInRequired ? throw new TokenRefusedException("A signed-in user is needed: Authorization: Bearer …") : null;
        }

        // One that cannot be verified must not pass as if it had been.
        var users = _users ?? throw new TokenRefusedException("The caller's token cannot be verified here.");
        var token = await users.VerifyAsync(BearerToken.Of(authorization), cancellationToken);
        if (token.Subject is not { Length: > 0 and <= LongestUid } uid)
        {
            throw new TokenRefusedException("The token names no user.");
        }

        return token.Moment("auth_time") is { } signedIn && signedIn - _options.ClockTolerance <= _time.GetUtcNow()
            ? uid
            : throw new TokenRefusedException("The token says of no moment in the past that its user signed in.");
    }

    public void Dispose()
    {
        _userKeys.Dispose();
        _appKeys.Dispose();
    }
}
