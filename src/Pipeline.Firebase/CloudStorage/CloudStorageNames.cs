using System.Text.RegularExpressions;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>What names there can be. Others never reach an address: <c>.</c> and <c>..</c> would be taken for steps in it.</summary>
internal static partial class CloudStorageNames
{
    public static bool IsBucket(string? bucket) => bucket is not null && BucketPattern().IsMatch(bucket);

    public static bool IsObject(string? name) => ObjectNames.IsValid(name) && name is not ("." or "..");

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex BucketPattern();
}
