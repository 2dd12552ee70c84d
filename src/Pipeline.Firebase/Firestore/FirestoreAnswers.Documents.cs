using System.Net;
using System.Text.Json;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Firestore;

internal static partial class FirestoreAnswers
{
    private static ReadElement ReadElement(ref Utf8JsonReader reader)
    {
        FirestoreJson.Expect(ref reader, JsonTokenType.StartObject);
        DocumentSnapshot? document = null;
        DateTimeOffset? readTime = null;
        while (FirestoreJson.NextProperty(ref reader))
        {
            var isFound = reader.ValueTextEquals("found") || reader.ValueTextEquals("document");
            var isMissing = reader.ValueTextEquals("missing");
            var isTime = reader.ValueTextEquals("readTime");
            ThrowIfError(ref reader, HttpStatusCode.OK);
            FirestoreJson.Next(ref reader);
            if (isFound)
            {
                document = ReadDocument(ref reader);
            }
            else if (isMissing)
            {
                document = new DocumentSnapshot(PathOf(reader.GetString()), null, default, default);
            }
            else if (isTime)
            {
                readTime = FirestoreJson.ReadTime(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ReadElement(document, readTime);
    }

    private static DocumentSnapshot ReadDocument(ref Utf8JsonReader reader)
    {
        FirestoreJson.Expect(ref reader, JsonTokenType.StartObject);
        DocumentPath? path = null;
        DateTimeOffset? createTime = null, updateTime = null;
        var fields = DocumentFields.Empty;
        while (FirestoreJson.NextProperty(ref reader))
        {
            var property = reader.GetString();
            FirestoreJson.Next(ref reader);
            switch (property)
            {
                case "name":
                    path = PathOf(reader.GetString());
                    break;
                case "fields":
                    fields = FirestoreJson.ReadFields(ref reader);
                    break;
                case "createTime":
                    createTime = FirestoreJson.ReadTime(ref reader);
                    break;
                case "updateTime":
                    updateTime = FirestoreJson.ReadTime(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return path is { } known && createTime is { } created && updateTime is { } updated
            ? new DocumentSnapshot(known, fields, created, updated)
            : throw new JsonException("A document has no name or no times.");
    }

    private static DocumentPath PathOf(string? name) =>
        FirestoreNames.TryParse(name, out var path) ? path.Value : throw new JsonException("A document's name is none.");
}
