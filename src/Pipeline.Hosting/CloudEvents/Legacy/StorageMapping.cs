namespace Pipeline.Hosting.CloudEvents.Legacy;

/// <summary>Cloud Storage: <c>projects/_/buckets/B/objects/N#generation</c> is split into bucket and object; the generation is left off.</summary>
internal static class StorageMapping
{
    private const string BucketPrefix = "projects/_/buckets/";
    private const string ObjectPrefix = "objects/";

    public static EventMapping Map(LegacyEvent legacy)
    {
        var resource = legacy.Resource;
        var end = resource.StartsWith(BucketPrefix, StringComparison.Ordinal) ? resource.IndexOf('/', BucketPrefix.Length) : -1;
        if (end <= BucketPrefix.Length || !resource.AsSpan(end + 1).StartsWith(ObjectPrefix))
        {
            return new EventMapping(resource, null, legacy.Data);
        }

        var bucket = resource[BucketPrefix.Length..end];
        return new EventMapping(resource[..end], WithoutGeneration(resource[(end + 1)..]), legacy.Data, new("bucket", bucket));
    }

    private static string WithoutGeneration(string subject)
    {
        var hash = subject.LastIndexOf('#');
        return hash >= 0 && hash + 1 < subject.Length && !subject.AsSpan(hash + 1).ContainsAnyExceptInRange('0', '9') ? subject[..hash] : subject;
    }
}
