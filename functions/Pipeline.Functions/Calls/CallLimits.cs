namespace Pipeline.Functions.Calls;

/// <summary>What a call may bring.</summary>
/// <param name="MaxImageBytes">The largest picture.</param>
public sealed record CallLimits(long MaxImageBytes)
{
    private const int Envelope = 64 * 1024;

    /// <summary>The largest body of a callable: the picture in base64, with line breaks or padding to spare, and what is around it.</summary>
    public long MaxCallableBytes => checked((MaxImageBytes * 4 / 3) + Envelope);
}
