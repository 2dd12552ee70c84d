using System.Text.Json;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Firestore;

/// <summary>A query as <c>structuredQuery</c>. Ties are ordered by name, in the field's direction: what the index gives anyway, and what a cursor needs.</summary>
internal static class StructuredQuery
{
    private const string NameField = "__name__";

    public static void Write(Utf8JsonWriter writer, DocumentQuery query, FirestoreNames names)
    {
        writer.WriteStartObject("structuredQuery");
        writer.WriteStartArray("from");
        writer.WriteStartObject();
        writer.WriteString("collectionId", query.Collection[(query.Collection.LastIndexOf('/') + 1)..]);
        writer.WriteEndObject();
        writer.WriteEndArray();
        WriteFilters(writer, query);
        writer.WriteStartArray("orderBy");
        if (query.OrderBy is { } field)
        {
            WriteOrder(writer, field, query.Descending);
        }

        WriteOrder(writer, NameField, query.Descending);
        writer.WriteEndArray();
        if (query.StartAfter is { } start)
        {
            WriteCursor(writer, query, start, names);
        }

        writer.WriteNumber("limit", query.Limit);
        writer.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter writer, DocumentQuery query)
    {
        if (query.Filters.IsEmpty)
        {
            return;
        }

        writer.WritePropertyName("where");
        if (query.Filters is [var only])
        {
            WriteFilter(writer, only);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartObject("compositeFilter");
        writer.WriteString("op", "AND");
        writer.WriteStartArray("filters");
        foreach (var filter in query.Filters)
        {
            WriteFilter(writer, filter);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Equality with null or NaN is an operator of its own.</summary>
    private static void WriteFilter(Utf8JsonWriter writer, DocumentFilter filter)
    {
        var unary = filter switch
        {
            { Operator: DocumentFilterOperator.Equal, Value: DocumentValue.NullValue } => "IS_NULL",
            { Operator: DocumentFilterOperator.Equal, Value: DocumentValue.DoubleValue { Value: double.NaN } } => "IS_NAN",
            _ => null,
        };
        writer.WriteStartObject();
        writer.WriteStartObject(unary is null ? "fieldFilter" : "unaryFilter");
        WriteField(writer, filter.Field);
        writer.WriteString("op", unary ?? NameOf(filter.Operator));
        if (unary is null)
        {
            writer.WritePropertyName("value");
            FirestoreJson.WriteValue(writer, filter.Value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteOrder(Utf8JsonWriter writer, string field, bool descending)
    {
        writer.WriteStartObject();
        WriteField(writer, field);
        writer.WriteString("direction", descending ? "DESCENDING" : "ASCENDING");
        writer.WriteEndObject();
    }

    private static void WriteCursor(Utf8JsonWriter writer, DocumentQuery query, DocumentSnapshot start, FirestoreNames names)
    {
        writer.WriteStartObject("startAt");
        writer.WriteStartArray("values");
        if (query.OrderBy is { } field)
        {
            FirestoreJson.WriteValue(writer, DocumentFields.Find(start.Fields!, field)!);
        }

        FirestoreJson.WriteValue(writer, new DocumentValue.ReferenceValue(names.NameOf(start.Path)));
        writer.WriteEndArray();
        writer.WriteBoolean("before", false);
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, string path)
    {
        writer.WriteStartObject("field");
        writer.WriteString("fieldPath", path);
        writer.WriteEndObject();
    }

    private static string NameOf(DocumentFilterOperator comparison) => comparison switch
    {
        DocumentFilterOperator.Equal => "EQUAL",
        DocumentFilterOperator.LessThan => "LESS_THAN",
        DocumentFilterOperator.LessThanOrEqual => "LESS_THAN_OR_EQUAL",
        DocumentFilterOperator.GreaterThan => "GREATER_THAN",
        DocumentFilterOperator.GreaterThanOrEqual => "GREATER_THAN_OR_EQUAL",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "This comparison is not known."),
    };
}
