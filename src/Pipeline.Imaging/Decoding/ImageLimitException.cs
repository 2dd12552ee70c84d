namespace Pipeline.Imaging.Decoding;

/// <summary>The picture would cost, or has cost, more than the limits allow.</summary>
public sealed class ImageLimitException : ImageException
{
    /// <param name="actual">What the file asks for, in the unit of <paramref name="limit"/>.</param>
    /// <param name="allowed">The limit, in the same unit.</param>
    public ImageLimitException(ImageLimit limit, long actual, long allowed)
        : base($"The image is over a limit: {actual} {Unit(limit)}, allowed are {allowed}.")
    {
        Limit = limit;
        Actual = actual;
        Allowed = allowed;
    }

    public ImageLimit Limit { get; }

    public long Actual { get; }

    public long Allowed { get; }

    private static string Unit(ImageLimit limit) => limit switch
    {
        ImageLimit.Pixels => "pixels",
        ImageLimit.Side => "pixels on the longer side",
        ImageLimit.Memory => "bytes of memory to decode",
        ImageLimit.Time => "milliseconds",
        ImageLimit.Chunks => "chunks",
        _ => "scans",
    };
}
