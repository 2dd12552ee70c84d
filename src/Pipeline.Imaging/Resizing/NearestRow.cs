namespace Pipeline.Imaging.Resizing;

internal static class NearestRow
{
    /// <summary>Copies the pixels at <paramref name="columns"/>, in their order.</summary>
    public static void Copy<T>(ReadOnlySpan<T> source, Span<T> target, ReadOnlySpan<int> columns, int channels)
        where T : unmanaged
    {
        for (var x = 0; x < columns.Length; x++)
        {
            source.Slice(columns[x] * channels, channels).CopyTo(target[(x * channels)..]);
        }
    }
}
