using System.Collections.Immutable;

namespace Pipeline.Worker.Uploads;

/// <summary>The allow list of a rule: media types, <c>image/*</c>, or <c>*/*</c>.</summary>
public sealed class ContentTypes
{
    private readonly ImmutableArray<string> _allowed;

    /// <param name="allowed">Each valid by <see cref="IsPattern"/>.</param>
    public ContentTypes(IEnumerable<string> allowed)
    {
        _allowed = [.. allowed.Select(static type => type.ToLowerInvariant())];
    }

    /// <summary>Whether a text can stand in an allow list.</summary>
    public static bool IsPattern(string text) =>
        text.Split('/') is [var type, var subtype]
        && (IsToken(type) || (type == "*" && subtype == "*"))
        && (IsToken(subtype) || subtype == "*");

    /// <summary>Whether a declared type says nothing, so that the bytes decide.</summary>
    public static bool SaysNothing(string? declared) => Normalise(declared) is "" or "application/octet-stream";

    /// <summary>Whether a declared type is allowed, or says nothing and leaves it to the bytes.</summary>
    public bool MayTake(string? declared) => SaysNothing(declared) || Allow(declared);

    /// <summary>Whether a type is allowed; parameters and case do not matter.</summary>
    public bool Allow(string? declared)
    {
        var type = Normalise(declared);
        return _allowed.Any(allowed => allowed == "*/*" || allowed == type
            || (allowed.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(allowed[..^1], StringComparison.Ordinal)));
    }

    private static string Normalise(string? declared) => (declared ?? "").Split(';')[0].Trim().ToLowerInvariant();

    private static bool IsToken(string text) =>
        text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$&^_.+-".Contains(c, StringComparison.Ordinal));
}
