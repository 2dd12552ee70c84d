using System.Globalization;
using Pipeline.Inference.Tensors;

namespace Pipeline.Cli.ModelFiles;

/// <summary>Numbers and shapes as people read them.</summary>
internal static class Figures
{
    /// <summary>1234567 is <c>1.23 M</c>; null is <c>?</c>.</summary>
    public static string Count(long? value) => value switch
    {
        null => "?",
        >= 1_000_000_000 => Text(value.Value / 1e9, "0.00' G'"),
        >= 1_000_000 => Text(value.Value / 1e6, "0.00' M'"),
        >= 10_000 => Text(value.Value / 1e3, "0.0' k'"),
        _ => value.Value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>In 2^20 bytes; null is <c>?</c>.</summary>
    public static string Mebibytes(long? bytes) => bytes is { } value ? Text(value / (double)(1 << 20), "0.0' MiB'") : "? MiB";

    public static string Milliseconds(double value) => Text(value, "0.00");

    public static string Percent(double? share) => share is { } value ? Text(value * 100, "0.0' %'") : "?";

    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Dimensions for scripts, null for those unknown; null where not even the rank is known.</summary>
    public static int?[]? Dimensions(PartialShape shape) => shape.HasRank
        ? [.. shape.Dimensions.ToArray().Select(dimension => dimension == PartialShape.UnknownDimension ? (int?)null : dimension)]
        : null;
}
