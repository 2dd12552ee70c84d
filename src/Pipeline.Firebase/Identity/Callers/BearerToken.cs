namespace Pipeline.Firebase.Identity.Callers;

/// <summary>The token of an <c>Authorization</c> header (RFC 6750).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <exception cref="TokenRefusedException">There is none.</exception>
    public static string Of(string? authorization) =>
        authorization is { Length: > 7 } && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..].Trim()
            : throw new TokenRefusedException("A token is needed: Authorization: Bearer …");
}
