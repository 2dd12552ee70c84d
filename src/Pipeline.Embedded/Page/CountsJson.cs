using System.Text.Json;

namespace Pipeline.Embedded.Page;

/// <summary>How many results and dead letters there are, by status and state.</summary>
internal static class CountsJson
{
    public static void Write(Utf8JsonWriter json, BoardView view)
    {
        json.WriteStartObject();
        json.WriteNumber("all", view.Rows.Count);
        json.WriteBoolean("whole", view.IsWhole);
        json.WriteStartObject("statuses");
        foreach (var (status, count) in view.Statuses)
        {
            json.WriteNumber(status, count);
        }

        json.WriteEndObject();
        json.WriteStartObject("letters");
        foreach (var (state, count) in view.Letters)
        {
            json.WriteNumber(state, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
