using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Pipeline.Firebase.Identity.Callers;

/// <summary>Verifies tokens of one issuer: RS256 and nothing else, with one of its keys, for one of the audiences, and now.</summary>
internal sealed class TokenVerifier
{
    private const int MaxTokenLength = 16 * 1024;
    private const string RemovedSignature = "SIGNATURE_REMOVED_BY_GOOGLE";

    private readonly SigningKeys _keys;
    private readonly TokenRules _rules;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };

    public TokenVerifier(SigningKeys keys, TokenRules rules, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(time);
        _keys = keys;
        _rules = rules;
        _time = time;
    }

    /// <exception cref="TokenRefusedException">It is no token, or not a good one.</exception>
    /// <exception cref="KeysUnavailableException">The issuer's keys are not known.</exception>
    public async ValueTask<VerifiedToken> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        var token = Read(text);
        var verified = new VerifiedToken(token);
        CheckClaims(verified);
        if (!_rules.AcceptsRemovedSignature || token.EncodedSignature != RemovedSignature)
        {
            await CheckSignatureAsync(token, cancellationToken);
        }

        return verified;
    }

    private JsonWebToken Read(string text)
    {
        if (text.Length > MaxTokenLength || !_handler.CanReadToken(text))
        {
            throw new TokenRefusedException("The token is no JSON Web Token.");
        }

        JsonWebToken token;
        try
        {
            token = _handler.ReadJsonWebToken(text);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or FormatException)
        {
            throw new TokenRefusedException("The token is no JSON Web Token.", innerException: exception);
        }

        // Before the signature is looked at: an algorithm of the token's own choosing is how verifiers are deceived.
        return token.Alg == SecurityAlgorithms.RsaSha256 ? token : throw new TokenRefusedException("The token is not signed with RS256.");
    }

    private void CheckClaims(VerifiedToken token)
    {
        if (!_rules.Issuers.Contains(token.Issuer, StringComparer.Ordinal))
        {
            throw new TokenRefusedException("The token is of another issuer.");
        }

        if (_rules.Audiences.Count > 0 && !token.Audiences.Intersect(_rules.Audiences, StringComparer.Ordinal).Any())
        {
            throw new TokenRefusedException("The token was made for another audience.");
        }

        var now = _time.GetUtcNow();
        if (token.Moment("exp") is not { } end || end + _rules.ClockTolerance <= now)
        {
            throw new TokenRefusedException("The token has expired.");
        }

        // A token without a beginning is not one of Google's.
        if (token.Moment("iat") is not { } begin || begin - _rules.ClockTolerance > now || token.Moment("nbf") is { } valid && valid - _rules.ClockTolerance > now)
        {
            throw new TokenRefusedException("The token is not valid yet.");
        }
    }

    private async ValueTask CheckSignatureAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        var keys = await _keys.GetAsync(token.Kid ?? string.Empty, cancellationToken);
        var key = keys.Keys.FirstOrDefault(candidate => candidate.KeyId == token.Kid) ?? throw new TokenRefusedException("The token is signed with a key that its issuer does not have.");
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,

            // Checked above, by this process's clock.
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid)
        {
            throw new TokenRefusedException("The token's signature is wrong.", innerException: result.Exception);
        }
    }
}
