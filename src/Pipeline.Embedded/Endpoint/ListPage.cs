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

    /// <summary>Reads the page that is asked for.</summary>
    public static async Task<ListPage> ReadAsync(FolderObjectWriter objects, string bucket, ListQuery query, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<StoredObject>();
        var groups = ImmutableArray.CreateBuilder<string>();
        var last = query.After;
        var group = last is null ? null : GroupOf(last, query);
        while (true)
        {
            var read = await objects.ListAsync(bucket, query.Names, last, ReadAtOnce, cancellationToken).ConfigureAwait(false);
            foreach (var stored in read)
            {
                var name = stored.Version.Name;
                var its = GroupOf(name, query);
                var isObject = its is null || (query.IncludesTrailing && its == name);
                var isGroup = its is not null && its != group;
                if ((isObject || isGroup) && found.Count + groups.Count >= query.Limit)
                {
                    return new ListPage(found.ToImmutable(), groups.ToImmutable(), last);
                }

                if (isObject)
                {
                    found.Add(stored);
                }

                if (isGroup)
                {
                    groups.Add(its!);
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

    private static string? GroupOf(string name, ListQuery query)
    {
        var (prefix, delimiter) = (query.Prefix, query.Delimiter);
        if (delimiter.Length == 0 || !name.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var end = name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : name[..(end + delimiter.Length)];
    }
}
