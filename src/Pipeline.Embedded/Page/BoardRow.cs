using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page;

/// <summary>One result as the list shows it.</summary>
/// <param name="Created">When the name, or its new generation, was first claimed; for documents that do not say, when the document was made.</param>
/// <param name="Json">What a browser is sent, UTF-8.</param>
internal sealed record BoardRow(DocumentPath Path, string Name, string Status, string? Label, DateTimeOffset Created, ImmutableArray<byte> Json)
{
    public static IComparer<BoardRow> NewestFirst { get; } = Comparer<BoardRow>.Create(static (left, right) =>
    {
        var order = right.Created.CompareTo(left.Created);
        order = order != 0 ? order : string.CompareOrdinal(left.Path.Collection, right.Path.Collection);
        return order != 0 ? order : string.CompareOrdinal(left.Path.Id, right.Path.Id);
    });

    public static BoardRow Read(string bucket, DocumentPath path, ImmutableSortedDictionary<string, DocumentValue> fields, DateTimeOffset made)
    {
        var reader = new ResultReader(fields);
        var created = reader.Time("createdAt") ?? made;
        return new BoardRow(
            path,
            reader.Text("name") ?? path.Id,
            reader.Text("status") ?? "unknown",
            reader.Text("label"),
            created,
            [.. PageJson.Render(json => Write(json, bucket, path, reader, created)).Span]);
    }

    private static void Write(Utf8JsonWriter json, string bucket, DocumentPath path, ResultReader reader, DateTimeOffset created)
    {
        json.WriteStartObject();
        json.WriteString("bucket", bucket);
        json.WriteString("id", path.Id);
        json.WriteString("name", reader.Text("name") ?? path.Id);
        json.WriteString("generation", reader.Integer("generation")?.ToString(CultureInfo.InvariantCulture));
        json.WriteString("status", reader.Text("status") ?? "unknown");
        json.WriteString("label", reader.Text("label"));
        PageJson.WriteNumber(json, "score", reader.Number("score"));
        json.WriteString("code", reader.Text("error.code"));
        PageJson.WriteNumber(json, "totalMs", reader.Number("timings.totalMs"));
        json.WriteNumber("created", StoreTime.ToMicroseconds(created));
        json.WriteEndObject();
    }
}
