namespace Pipeline.Imaging.Decoding;

/// <summary>A file that gives no picture. The derived types say why; decoding the same file again would fail the same way.</summary>
public abstract class ImageException : Exception
{
    private protected ImageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
