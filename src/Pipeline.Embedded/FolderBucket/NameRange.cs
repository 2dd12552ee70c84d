namespace Pipeline.Embedded.FolderBucket;

/// <summary>Names that follow each other in the order of their bytes.</summary>
/// <param name="Start">No name before these bytes is meant.</param>
/// <param name="End">No name from these bytes on is meant.</param>
internal sealed record NameRange(byte[] Start, byte[] End)
{
    private const byte AfterAnyUtf8 = 0xFF;

    /// <summary>Names that begin with a prefix, and lie in an interval besides.</summary>
    /// <param name="from">The first name that is meant, or null.</param>
    /// <param name="to">The first name that is not meant any more, or null.</param>
    public static NameRange Of(string prefix, string? from = null, string? to = null)
    {
        var start = ObjectTables.Bytes(prefix);
        byte[] end = [.. start, AfterAnyUtf8];
        var first = ObjectTables.Bytes(from ?? prefix);
        var behind = to is null ? end : ObjectTables.Bytes(to);
        return new NameRange(
            first.AsSpan().SequenceCompareTo(start) > 0 ? first : start,
            behind.AsSpan().SequenceCompareTo(end) < 0 ? behind : end);
    }
}
