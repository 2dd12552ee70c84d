namespace Pipeline.Firebase.CloudStorage;

/// <summary>The objects of a bucket whose names begin with a prefix and a slash: <c>gs://bucket/prefix</c>.</summary>
/// <param name="Prefix">Not empty, without a slash at its end.</param>
public sealed record CloudFolder(string Bucket, string Prefix)
{
    private const string Scheme = "gs://";

    /// <summary>Whether a text is meant as such a folder, right or wrong.</summary>
    public static bool IsMeant(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads <c>gs://bucket/prefix</c>; null where the text is nothing of the kind.</summary>
    public static CloudFolder? Parse(string text)
    {
        if (!IsMeant(text) || text[Scheme.Length..].Split('/', 2) is not [var bucket, var rest])
        {
            return null;
        }

        var prefix = rest.TrimEnd('/');
        return CloudStorageNames.IsBucket(bucket) && CloudStorageNames.IsObject(prefix) && !prefix.StartsWith('/') ? new CloudFolder(bucket, prefix) : null;
    }

    public override string ToString() => $"{Scheme}{Bucket}/{Prefix}";
}
