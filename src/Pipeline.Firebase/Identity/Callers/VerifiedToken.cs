using Microsoft.IdentityModel.JsonWebTokens;

namespace Pipeline.Firebase.Identity.Callers;

/// <summary>What a token claims, after it was checked.</summary>
internal sealed class VerifiedToken
{
    private readonly JsonWebToken _token;

    public VerifiedToken(JsonWebToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        _token = token;
    }

    public string Issuer => _token.Issuer;

    public string Subject => _token.Subject;

    public IEnumerable<string> Audiences => _token.Audiences;

    /// <summary>The e-mail address, or null where there is none or where the issuer has not verified that it is the bearer's.</summary>
    public string? VerifiedEmail =>
        _token.TryGetPayloadValue<string>("email", out var email) && _token.TryGetPayloadValue<object>("email_verified", out var isVerified) && isVerified is true ? email : null;

    /// <summary>A moment in seconds since 1970, or null.</summary>
    public DateTimeOffset? Moment(string claim)
    {
        var seconds = _token.TryGetPayloadValue<object>(claim, out var value)
            ? value switch
            {
                int whole => whole,
                long whole => whole,
                double number => number,
                _ => double.NaN,
            }
            : double.NaN;
        return seconds is >= 0 and < 253402300799 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
    }
}
