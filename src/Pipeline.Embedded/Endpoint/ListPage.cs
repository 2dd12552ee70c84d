using System.Collections.Immutable;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>A page of a bucket's objects in the order of their names' bytes. With a delimiter, names that have it behind the prefix are told as one group each.</summary>
/// <param name="Objects">Those that are in no group.</param>
/// <param name="Groups">Prefix and more, to the first delimiter behind the prefix, which each ends with.</param>
/// <param name="Last">The last name that this page speaks of, where there are more.</param>
internal sealed record ListPage(ImmutableArray<StoredObject> Objects, ImmutableArray<string> Groups, string? Last)
{
    private const int ReadAtOnce = 1000;

    /// <param name="delimiter">Empty: no groups.</param>
    /// <param name="after">The last name of the page before, or null.</param>
    /// <param name="limit">The most objects and groups together.</param>
    public static async Task<ListPage> ReadAsync(
        FolderObjectWriter objects, string bucket, string prefix, string delimiter, string? after, int limit, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<StoredObject>();
        var groups = ImmutableArray.CreateBuilder<string>();
        var last = after;
        var group = after is null ? null : GroupOf(after, prefix, delimiter);
        while (true)
        {
            var read = await objects.ListAsync(bucket, prefix, last, ReadAtOnce, cancellationToken).ConfigureAwait(false);
            foreach (var stored in read)
            {
                var name = stored.Version.Name;
                var its = GroupOf(name, prefix, delimiter);
                if (its is null || its != group)
                {
                    if (found.Count + groups.Count == limit)
                    {
                        return new ListPage(found.ToImmutable(), groups.ToImmutable(), last);
                    }

                    if (its is null)
                    {
                        found.Add(stored);
                    }
                    else
                    {
                        groups.Add(its);
                    }
                }

                group = its;
                last = name;
            }

            if (read.Length < ReadAtOnce)
            {
                return new ListPage(found.ToImmutable(), groups.ToImmutable(), Last: null);
            }
        }
    }

    private static string? GroupOf(string name, string prefix, string delimiter)
    {
        if (delimiter.Length == 0 || !name.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var end = name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : name[..(end + delimiter.Length)];
    }
}
