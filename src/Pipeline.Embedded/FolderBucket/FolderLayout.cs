using System.Globalization;
using System.Text;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>
/// Where things lie below the root. An object's content lies in a file named by its generation; if its name is plain, it moves on to the file of
/// that name in the bucket's folder, where a person finds it. No other name is ever used in a path.
/// </summary>
internal sealed class FolderLayout
{
    private const int MaxSegmentBytes = 255;
    private const int MaxPathBytes = 4000;

    private readonly string _root;

    public FolderLayout(string root)
    {
        _root = Path.GetFullPath(root);
    }

    public string StatePath => Path.Combine(_root, ".pipeline");

    public string DatabasePath => Path.Combine(StatePath, "objects.db");

    public string LockPath => Path.Combine(StatePath, "lock");

    /// <summary>Where uploads in pieces lie until they are whole.</summary>
    public string UploadFolder => Path.Combine(StatePath, "uploads");

    public string UploadPath(string session) => Path.Combine(UploadFolder, session);

    public string BucketPath(string bucket) => Path.Combine(_root, bucket);

    public string ContentFolder(string bucket) => Path.Combine(StatePath, "objects", bucket);

    public string ContentPath(string bucket, long generation) =>
        Path.Combine(ContentFolder(bucket), generation.ToString(CultureInfo.InvariantCulture));

    /// <summary>The file of a plain name, or null where the name is not plain.</summary>
    public string? FindPlainPath(string bucket, string name)
    {
        var segments = name.Split('/');
        if (!segments.All(IsPlain))
        {
            return null;
        }

        var path = string.Join(Path.DirectorySeparatorChar, [BucketPath(bucket), .. segments]);
        return Encoding.UTF8.GetByteCount(path) <= MaxPathBytes ? path : null;
    }

    /// <summary>
    /// Whether a segment is a file name that says the same on every path: no hidden, relative or control names. Where the file system may fold case
    /// or normalise Unicode, only names that folding leaves alone.
    /// </summary>
    private static bool IsPlain(string segment) =>
        segment.Length > 0
        && segment[0] != '.'
        && (OperatingSystem.IsLinux()
            ? !segment.Any(char.IsControl) && Encoding.UTF8.GetByteCount(segment) <= MaxSegmentBytes
            : segment.Length <= 100 && segment[^1] != '.' && segment.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.'));
}
