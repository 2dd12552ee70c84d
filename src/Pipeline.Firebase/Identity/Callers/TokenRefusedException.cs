namespace Pipeline.Firebase.Identity.Callers;

/// <summary>A token does not show that its bearer may call.</summary>
public sealed class TokenRefusedException : Exception
{
    /// <param name="reason">For people; it is sent to the caller and holds nothing of the token.</param>
    /// <param name="isForbidden">Whether the token is good, and its bearer is not among those who may call.</param>
    public TokenRefusedException(string reason, bool isForbidden = false, Exception? innerException = null)
        : base(reason, innerException)
    {
        IsForbidden = isForbidden;
    }

    public bool IsForbidden { get; }
}
