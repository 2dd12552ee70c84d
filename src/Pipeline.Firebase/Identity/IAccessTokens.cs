namespace Pipeline.Firebase.Identity;

/// <summary>Access tokens for Google's services.</summary>
public interface IAccessTokens : IDisposable
{
    /// <summary>The project whose quota the requests use up, for <c>X-Goog-User-Project</c>: a person's account needs one. Null where there is none, or before the first token.</summary>
    string? QuotaProject { get; }

    /// <summary>A token that is valid now. It is kept and renewed before it ends; many callers at once ask for it once.</summary>
    /// <param name="refused">A token that the service has refused, or null. The answer is another one where another can be had.</param>
    /// <exception cref="AccessTokenException">None can be had now, or at all.</exception>
    ValueTask<string> GetAsync(string? refused, CancellationToken cancellationToken);
}
