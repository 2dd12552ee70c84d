using System.Globalization;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>
/// A reference to a value as files write it: <c>node</c>, <c>node:2</c>, and inside functions <c>argument</c>, <c>node:output</c>, <c>node:output:2</c>.
/// </summary>
/// <param name="Output">The name of an output argument, or null.</param>
/// <param name="Index">Within the output argument if one is named, else over all outputs.</param>
internal readonly record struct GraphReference(string Name, string? Output, int Index)
{
    /// <returns>Null where the text is none.</returns>
    public static GraphReference? TryParse(string text)
    {
        var parts = text.Split(':');
        if (parts[0].Length == 0 || parts.Length > 3)
        {
            return null;
        }

        if (parts.Length == 1)
        {
            return new GraphReference(parts[0], null, 0);
        }

        var isNumber = int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        return parts.Length == 3
            ? isNumber && parts[1].Length > 0 ? new GraphReference(parts[0], parts[1], index) : null
            : isNumber ? new GraphReference(parts[0], null, index) : new GraphReference(parts[0], parts[1], 0);
    }
}
