using System.Globalization;
using Pipeline.Models.SavedModel.Bundles;

namespace Pipeline.Models.SavedModel.Restoring;

/// <summary>Reads the text by which restore operators name a part of a tensor: the full shape, then one extent a dimension, as in <c>4 16 0,2:-</c>.</summary>
internal static class SliceSpecification
{
    /// <returns>Null where the text is no part of a tensor of <paramref name="shape"/>.</returns>
    public static BundleSlice? TryParse(string text, ReadOnlySpan<long> shape)
    {
        var words = text.Split(' ');
        if (words.Length != shape.Length + 1)
        {
            return null;
        }

        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (TryNumber(words[axis]) != shape[axis])
            {
                return null;
            }
        }

        var parts = words[^1].Length == 0 ? [] : words[^1].Split(':');
        var extents = new List<(long, long?)>();
        foreach (var part in parts)
        {
            if (part == "-")
            {
                extents.Add((0, null));
                continue;
            }

            if (part.Split(',') is not [var first, var second] || TryNumber(first) is not { } start || TryNumber(second) is not { } length)
            {
                return null;
            }

            extents.Add((start, length));
        }

        return BundleSlice.TryCreate(shape, extents);
    }

    private static long? TryNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
