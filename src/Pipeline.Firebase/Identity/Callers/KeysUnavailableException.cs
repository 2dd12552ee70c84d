namespace Pipeline.Firebase.Identity.Callers;

/// <summary>An issuer's public keys could not be had, and none are known: no token can be verified now.</summary>
public sealed class KeysUnavailableException : Exception
{
    public KeysUnavailableException(Uri address, string detail, Exception? innerException = null)
        : base($"The keys at {address} cannot be read: {detail}", innerException)
    {
    }
}
