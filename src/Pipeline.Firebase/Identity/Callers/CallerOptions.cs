namespace Pipeline.Firebase.Identity.Callers;

/// <summary>Who may fire events, call the sweep and send warm-ups.</summary>
public sealed record CallerOptions
{
    /// <value>Default: <see cref="CallerMode.Open"/>.</value>
    public CallerMode Mode { get; init; } = CallerMode.Open;

    /// <value>What a token may be made for: the addresses under which this service is called. Needed with <see cref="CallerMode.Verify"/>; with
    /// <see cref="CallerMode.Platform"/> none means that the platform's own check is enough. Default: none.</value>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <value>The service accounts that may call, by e-mail address. Needed with <see cref="CallerMode.Verify"/>; with
    /// <see cref="CallerMode.Platform"/> none means everybody whom the platform lets through. Default: none.</value>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <value>With <see cref="CallerMode.Platform"/>: whether a token counts whose signature the platform has taken away after checking it, as Cloud
    /// Run does. Only behind such a platform: anybody can write such a token. Default: false.</value>
    public bool AcceptRemovedSignature { get; init; }

    /// <value>How far the clocks of issuer and machine may be apart. Default 30 s; 0 to 5 min.</value>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>Where the issuer's public keys are. Default: Google's, as JSON Web Keys.</value>
    public Uri Keys { get; init; } = new("https://www.googleapis.com/oauth2/v3/certs");

    /// <summary>What is wrong, each with the option's name.</summary>
    public IEnumerable<string> Validate()
    {
        if (Mode == CallerMode.Verify && Audiences.Count == 0)
        {
            yield return $"{nameof(Audiences)} is empty: with the mode {nameof(CallerMode.Verify)} it needs the addresses that callers make their tokens for.";
        }

        if (Mode == CallerMode.Verify && Accounts.Count == 0)
        {
            yield return $"{nameof(Accounts)} is empty: with the mode {nameof(CallerMode.Verify)} it needs the service accounts that may call.";
        }

        if (AcceptRemovedSignature && Mode != CallerMode.Platform)
        {
            yield return $"{nameof(AcceptRemovedSignature)} is for the mode {nameof(CallerMode.Platform)}, not for {Mode}.";
        }

        if (ClockTolerance < TimeSpan.Zero || ClockTolerance > TimeSpan.FromMinutes(5))
        {
            yield return $"{nameof(ClockTolerance)} is {ClockTolerance} and must be from 0 s to 5 min.";
        }
    }
}
