namespace Pipeline.Embedded.FolderBucket;

/// <summary>What a bucket may be called.</summary>
internal static class BucketNames
{
    public const string Rule =
        "a bucket's name has 3 to 222 lower-case letters, digits, '-', '_' and '.', at most 63 between dots, and begins and ends with a letter or digit.";

    public static bool IsValid(string? name) =>
        name is { Length: >= 3 and <= 222 }
        && IsAlphanumeric(name[0])
        && IsAlphanumeric(name[^1])
        && name.All(static c => IsAlphanumeric(c) || c is '-' or '_' or '.')
        && name.Split('.').All(static part => part.Length is > 0 and <= 63);

    private static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
