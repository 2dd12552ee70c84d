namespace Pipeline.Firebase.Identity;

/// <summary>No access token can be had.</summary>
public sealed class AccessTokenException : Exception
{
    /// <param name="isTransient">Whether asking again later can help.</param>
    public AccessTokenException(bool isTransient, string detail, Exception? innerException = null)
        : base($"There is no access token for Google's services: {detail}", innerException)
    {
        IsTransient = isTransient;
    }

    public bool IsTransient { get; }
}
