using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>Answers queries: from an index where one has the query's order, else by reading the collection.</summary>
internal static class DocumentQueries
{
    public static ImmutableArray<DocumentSnapshot> Run(SqliteConnection connection, DocumentQuery query)
    {
        if (query.OrderBy is null)
        {
            return [.. Matching(DocumentTables.Scan(connection, query, query.Descending, query.StartAfter?.Path.Id), query).Take(query.Limit)];
        }

        if (IndexRange.Find(query) is { } range)
        {
            return [.. Matching(DocumentTables.Scan(connection, query, range), query).Take(query.Limit)];
        }

        return Sort(connection, query, query.OrderBy);
    }

    private static IEnumerable<DocumentSnapshot> Matching(IEnumerable<DocumentSnapshot> documents, DocumentQuery query) =>
        documents.Where(document => query.Filters.All(filter => Matches(document, filter)));

    private static bool Matches(DocumentSnapshot document, DocumentFilter filter)
    {
        if (DocumentFields.Find(document.Fields!, filter.Field) is not { } value || !DocumentValueComparer.AreComparable(value, filter.Value))
        {
            return false;
        }

        var order = DocumentValueComparer.Instance.Compare(value, filter.Value);
        return filter.Operator switch
        {
            DocumentFilterOperator.Equal => order == 0,
            DocumentFilterOperator.LessThan => order < 0,
            DocumentFilterOperator.LessThanOrEqual => order <= 0,
            DocumentFilterOperator.GreaterThan => order > 0,
            DocumentFilterOperator.GreaterThanOrEqual => order >= 0,
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Operator, "This operator is not known."),
        };
    }

    /// <summary>Keeps the best so far only, so that a large collection does not lie in memory whole.</summary>
    private static ImmutableArray<DocumentSnapshot> Sort(SqliteConnection connection, DocumentQuery query, string orderBy)
    {
        var order = Comparer<DocumentSnapshot>.Create((left, right) =>
        {
            var result = DocumentValueComparer.Instance.Compare(DocumentFields.Find(left.Fields!, orderBy), DocumentFields.Find(right.Fields!, orderBy));
            result = result != 0 ? result : DocumentValueComparer.CompareText(left.Path.Id, right.Path.Id);
            return query.Descending ? -result : result;
        });
        var best = new SortedSet<DocumentSnapshot>(order);
        foreach (var document in Matching(DocumentTables.Scan(connection, query, descending: false, startAfterId: null), query))
        {
            if (DocumentFields.Find(document.Fields!, orderBy) is null || (query.StartAfter is { } start && order.Compare(document, start) <= 0))
            {
                continue;
            }

            best.Add(document);
            if (best.Count > query.Limit)
            {
                best.Remove(best.Max!);
            }
        }

        return [.. best];
    }
}
