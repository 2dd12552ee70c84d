namespace Pipeline.Firebase.Identity;

/// <summary>Tokens that show another service of the project who calls.</summary>
public interface IIdentityTokens
{
    /// <summary>A token for one audience. It is kept and renewed before it ends.</summary>
    /// <param name="audience">The address of the service, as its callers are told.</param>
    /// <exception cref="AccessTokenException">None can be had now, or at all.</exception>
    ValueTask<string> GetAsync(string audience, CancellationToken cancellationToken);
}
