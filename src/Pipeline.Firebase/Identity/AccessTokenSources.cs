using System.Runtime.CompilerServices;

namespace Pipeline.Firebase.Identity;

/// <summary>Where tokens come from.</summary>
public static class AccessTokenSources
{
    /// <param name="isEmulator">Whether they are for an emulator: then none of Google's libraries is loaded.</param>
    /// <param name="scopes">What they are good for, as Google names it.</param>
    public static IAccessTokens Create(bool isEmulator, params IReadOnlyCollection<string> scopes) => isEmulator ? new EmulatorTokens() : Google(scopes);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GoogleAccessTokens Google(IReadOnlyCollection<string> scopes) => new(scopes);
}
