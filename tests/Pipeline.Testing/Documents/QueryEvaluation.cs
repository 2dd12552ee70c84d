using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Documents;

/// <summary>A query, answered by looking at every document.</summary>
internal static class QueryEvaluation
{
    public static ImmutableArray<DocumentSnapshot> Run(DocumentQuery query, IEnumerable<DocumentSnapshot> documents)
    {
        var order = Order(query);
        return
        [
            .. documents
                .Where(document => query.OrderBy is null || Value(document, query.OrderBy) is not null)
                .Where(document => query.Filters.All(filter => Holds(filter, document)))
                .Where(document => query.StartAfter is null || order.Compare(document, query.StartAfter) > 0)
                .Order(order)
                .Take(query.Limit),
        ];
    }

    private static DocumentValue? Value(DocumentSnapshot document, string field) => DocumentFields.Find(document.Fields!, field);

    private static bool Holds(DocumentFilter filter, DocumentSnapshot document)
    {
        if (Value(document, filter.Field) is not { } value || !DocumentValueComparer.AreComparable(value, filter.Value))
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
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Operator, "Not an operator of the port."),
        };
    }

    private static Comparer<DocumentSnapshot> Order(DocumentQuery query) => Comparer<DocumentSnapshot>.Create((left, right) =>
    {
        var order = query.OrderBy is { } field
            ? DocumentValueComparer.Instance.Compare(Value(left, field), Value(right, field))
            : 0;
        order = order != 0 ? order : DocumentValueComparer.CompareText(left.Path.Id, right.Path.Id);
        return query.Descending ? -order : order;
    });
}
