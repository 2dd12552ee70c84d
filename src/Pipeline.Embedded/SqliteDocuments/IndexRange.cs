using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>The part of an index that holds a query's documents, in the query's order.</summary>
/// <param name="From">The lowest key, inclusive.</param>
/// <param name="To">The highest key, exclusive.</param>
/// <param name="StartAfter">The key, under the query's own leading values, of the document to start after, or null.</param>
internal sealed record IndexRange(DocumentIndex Index, byte[] From, byte[] To, byte[]? StartAfter)
{
    private const byte AfterAll = 0xFF;

    /// <summary>
    /// The range of the first index whose leading fields the query sets equal and whose last field is the query's order; null where there is none.
    /// </summary>
    public static IndexRange? Find(DocumentQuery query)
    {
        foreach (var index in DocumentIndex.All)
        {
            if (index.Fields[^1] == query.OrderBy && FindPrefix(index, query) is { } prefix)
            {
                return new IndexRange(index, Bound(prefix, query, upper: false), Bound(prefix, query, upper: true), FindStart(prefix, query));
            }
        }

        return null;
    }

    private static List<byte>? FindPrefix(DocumentIndex index, DocumentQuery query)
    {
        var prefix = new List<byte>();
        foreach (var field in index.Fields[..^1])
        {
            if (query.Filters.FirstOrDefault(filter => filter.Field == field && filter.Operator == DocumentFilterOperator.Equal) is not { } filter)
            {
                return null;
            }

            OrderKey.Append(prefix, filter.Value);
        }

        return prefix;
    }

    private static byte[]? FindStart(List<byte> prefix, DocumentQuery query)
    {
        if (query.StartAfter?.Fields is not { } fields || DocumentFields.Find(fields, query.OrderBy!) is not { } value)
        {
            return null;
        }

        List<byte> key = [.. prefix];
        OrderKey.Append(key, value);
        return [.. key];
    }

    /// <summary>The tightest bound that one filter of the ordered field gives; the filters themselves are checked on each document again.</summary>
    private static byte[] Bound(List<byte> prefix, DocumentQuery query, bool upper)
    {
        foreach (var filter in query.Filters)
        {
            var bounds = filter.Operator == DocumentFilterOperator.Equal
                || (upper ? filter.Operator is DocumentFilterOperator.LessThan or DocumentFilterOperator.LessThanOrEqual
                    : filter.Operator is DocumentFilterOperator.GreaterThan or DocumentFilterOperator.GreaterThanOrEqual);
            if (filter.Field == query.OrderBy && bounds)
            {
                List<byte> key = [.. prefix];
                OrderKey.Append(key, filter.Value);
                return upper ? [.. key, AfterAll] : [.. key];
            }
        }

        return upper ? [.. prefix, AfterAll] : [.. prefix];
    }
}
