using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>What a list is asked for.</summary>
/// <param name="Delimiter">Empty: no groups.</param>
/// <param name="After">The last name of the page before, or null.</param>
/// <param name="Limit">The most objects and groups together; one more where the last is told as both.</param>
internal sealed record ListQuery(string Prefix, string Delimiter, string? After, int Limit)
{
    /// <summary>The names that are looked at: those with the prefix, or fewer.</summary>
    public NameRange Names { get; init; } = NameRange.Of(Prefix);

    /// <summary>Whether an object whose name is a group's is told as an object too.</summary>
    public bool IncludesTrailing { get; init; }
}
