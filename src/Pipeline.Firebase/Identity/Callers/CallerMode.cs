namespace Pipeline.Firebase.Identity.Callers;

/// <summary>Who checks the callers of closed doors.</summary>
public enum CallerMode
{
    /// <summary>Nobody: for one machine.</summary>
    Open,

    /// <summary>The platform's IAM stands in front and has checked the signature; what the token claims is checked here.</summary>
    Platform,

    /// <summary>The whole token is verified here.</summary>
    Verify,
}
