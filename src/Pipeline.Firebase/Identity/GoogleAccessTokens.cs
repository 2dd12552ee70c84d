using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace Pipeline.Firebase.Identity;

/// <summary>
/// Tokens of the application default credentials: the file that <c>GOOGLE_APPLICATION_CREDENTIALS</c> names, the account that <c>gcloud</c> has
/// stored, or the metadata server of the machine. The library keeps a token and renews it minutes before it ends.
/// </summary>
public sealed class GoogleAccessTokens : IAccessTokens
{
    private readonly Func<CancellationToken, Task<GoogleCredential>> _open;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile GoogleCredential? _credential;

    /// <param name="scopes">What the tokens are good for, as Google names it.</param>
    public GoogleAccessTokens(params IReadOnlyCollection<string> scopes)
        : this(cancellationToken => OpenDefaultAsync(scopes, cancellationToken))
    {
        ArgumentNullException.ThrowIfNull(scopes);
    }

    internal GoogleAccessTokens(Func<CancellationToken, Task<GoogleCredential>> open)
    {
        _open = open;
    }

    public string? QuotaProject => _credential?.QuotaProject;

    public async ValueTask<string> GetAsync(string? refused, CancellationToken cancellationToken)
    {
        try
        {
            var credential = _credential ?? await OpenAsync(cancellationToken);
            var token = await TokenAsync(credential, cancellationToken);
            return token == refused ? await RenewAsync(credential, token, cancellationToken) : token;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not AccessTokenException)
        {
            throw new AccessTokenException(MayPass(exception), exception.Message, exception);
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<GoogleCredential> OpenDefaultAsync(IReadOnlyCollection<string> scopes, CancellationToken cancellationToken) =>
        (await GoogleCredential.GetApplicationDefaultAsync(cancellationToken)).CreateScoped(scopes);

    private static async Task<string> TokenAsync(GoogleCredential credential, CancellationToken cancellationToken)
    {
        string? token;
        try
        {
            token = await ((ITokenAccess)credential).GetAccessTokenForRequestAsync(null, cancellationToken);
        }
        catch (Exception exception) when (exception is not (TokenResponseException or HttpRequestException or IOException or OperationCanceledException or TimeoutException))
        {
            // The library throws what its parts throw at an answer that is none of a token server's.
            throw new AccessTokenException(isTransient: true, $"The answer of the token server cannot be used ({exception.GetType().Name}).", exception);
        }

        return string.IsNullOrEmpty(token) ? throw new AccessTokenException(isTransient: true, "The answer of the token server holds no token.") : token;
    }

    private async Task<GoogleCredential> OpenAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _credential ??= await _open(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A token can end early: when its account is locked, or its key withdrawn.</summary>
    private async Task<string> RenewAsync(GoogleCredential credential, string refused, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var token = await TokenAsync(credential, cancellationToken);
            if (token != refused)
            {
                return token;
            }

            switch (credential.UnderlyingCredential)
            {
                case ServiceCredential service:
                    await service.RequestAccessTokenAsync(cancellationToken);
                    break;
                case UserCredential user:
                    await user.RefreshTokenAsync(cancellationToken);
                    break;
            }

            return await TokenAsync(credential, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What is not there or not accepted stays so until somebody acts; what did not answer may answer later.</summary>
    private static bool MayPass(Exception exception) => exception switch
    {
        TokenResponseException { StatusCode: { } code } => (int)code is < 400 or 408 or 429 or >= 500,
        HttpRequestException or IOException or OperationCanceledException or TimeoutException => true,
        _ => false,
    };
}
