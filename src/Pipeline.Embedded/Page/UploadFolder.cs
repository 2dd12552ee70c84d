using Pipeline.Worker;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Page;

/// <summary>Where the page puts what is dropped on it, so that a rule takes it.</summary>
internal static class UploadFolder
{
    private const string Plain = "photos/";
    private const string Probe = "photo.jpg";
    private const string Placeholder = "local";

    /// <summary>A prefix of names that the rules match, empty or ending in a slash; null where no rule takes files of any name.</summary>
    public static string? Find(UploadRules rules, IReadOnlyList<RuleOptions> options, string bucket) =>
        options.Where(rule => rule.Bucket == "*" || rule.Bucket == bucket)
            .Select(static rule => FolderOf(rule.Match))
            .OfType<string>()
            .Prepend(Plain)
            .FirstOrDefault(folder => rules.Match(bucket, folder + Probe) is not null);

    /// <summary>The pattern's folders, with something in the place of each wildcard; null where the file's own name is fixed.</summary>
    private static string? FolderOf(string pattern)
    {
        var segments = pattern.Split('/');
        return IsOpen(segments[^1])
            ? string.Concat(segments[..^1].Where(static segment => segment != "**").Select(static segment => (IsOpen(segment) ? Placeholder : segment) + "/"))
            : null;
    }

    private static bool IsOpen(string segment) => segment is "*" or "**" || segment.StartsWith('{');
}
