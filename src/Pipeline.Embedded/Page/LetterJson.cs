using System.Globalization;
using System.Text.Json;
using Pipeline.Worker.Ledger;

namespace Pipeline.Embedded.Page;

/// <summary>A dead letter as the page shows it.</summary>
internal static class LetterJson
{
    /// <param name="bucket">The bucket whose collections hold the letter; the letter itself may name another.</param>
    public static void Write(Utf8JsonWriter json, string bucket, string id, DeadLetter letter)
    {
        json.WriteStartObject();
        json.WriteString("bucket", bucket);
        json.WriteString("id", id);
        json.WriteString("name", letter.Name);
        json.WriteString("objectBucket", letter.Bucket);
        json.WriteString("generation", letter.Generation?.ToString(CultureInfo.InvariantCulture));
        json.WriteString("rule", letter.Rule);
        json.WriteString("state", letter.State == DeadLetterState.Due ? "due" : "parked");
        json.WriteString("parkedReason", letter.ParkedReason);
        PageJson.WriteTime(json, "dueAt", letter.DueAt);
        PageJson.WriteTime(json, "firstFailedAt", letter.FirstFailedAt);
        PageJson.WriteTime(json, "lastFailedAt", letter.LastFailedAt);
        json.WriteNumber("attempts", letter.Attempts);
        json.WriteNumber("redrives", letter.Redrives);
        json.WriteString("payload", letter.Payload);
        json.WriteStartArray("errors");
        foreach (var error in letter.Errors)
        {
            json.WriteStartObject();
            json.WriteString("code", error.Code);
            json.WriteString("message", error.Message);
            PageJson.WriteTime(json, "at", error.At);
            json.WriteString("model", error.Model);
            json.WriteString("instance", error.Instance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
