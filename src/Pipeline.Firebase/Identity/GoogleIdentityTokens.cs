using System.Collections.Concurrent;
using Google.Apis.Auth.OAuth2;

namespace Pipeline.Firebase.Identity;

/// <summary>OpenID Connect tokens of the application default credentials: a service account's, by its key or by the metadata server of the machine.</summary>
public sealed class GoogleIdentityTokens : IIdentityTokens
{
    private readonly ConcurrentDictionary<string, OidcToken> _tokens = new(StringComparer.Ordinal);

    public async ValueTask<string> GetAsync(string audience, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(audience);
        try
        {
            if (!_tokens.TryGetValue(audience, out var token))
            {
                var credential = await GoogleCredential.GetApplicationDefaultAsync(cancellationToken);
                token = _tokens.GetOrAdd(audience, await credential.GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience(audience), cancellationToken));
            }

            return await token.GetAccessTokenAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AccessTokenException(exception is HttpRequestException or IOException or OperationCanceledException, exception.Message, exception);
        }
    }
}
