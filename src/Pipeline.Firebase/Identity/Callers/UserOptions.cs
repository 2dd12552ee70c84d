namespace Pipeline.Firebase.Identity.Callers;

/// <summary>Who may have a picture classified by a call.</summary>
public sealed record UserOptions
{
    /// <value>The project whose users' tokens are accepted; null: none can be verified, and every token is refused. Default: null.</value>
    public string? Project { get; init; }

    /// <value>Whether a user must be signed in. Default: false.</value>
    public bool SignInRequired { get; init; }

    /// <value>The project's number, which App Check's tokens name; null: they are not looked at. Default: null.</value>
    public string? AppCheckProjectNumber { get; init; }

    /// <value>How far the clocks of issuer and machine may be apart. Default 30 s; 0 to 5 min.</value>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>Where the certificates of Firebase Authentication are.</value>
    public Uri UserKeys { get; init; } = new("https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com");

    /// <value>Where the keys of App Check are.</value>
    public Uri AppCheckKeys { get; init; } = new("https://firebaseappcheck.googleapis.com/v1/jwks");

    /// <summary>What is wrong, each with the option's name.</summary>
    public IEnumerable<string> Validate()
    {
        if (SignInRequired && string.IsNullOrEmpty(Project))
        {
            yield return $"{nameof(Project)} is empty: where users must be signed in, it needs the project whose users they are.";
        }

        if (AppCheckProjectNumber is { } number && (number.Length is 0 or > 20 || !number.All(char.IsAsciiDigit)))
        {
            yield return $"{nameof(AppCheckProjectNumber)} is '{number}' and must be a project's number, which has digits only.";
        }

        if (ClockTolerance < TimeSpan.Zero || ClockTolerance > TimeSpan.FromMinutes(5))
        {
            yield return $"{nameof(ClockTolerance)} is {ClockTolerance} and must be from 0 s to 5 min.";
        }
    }
}
