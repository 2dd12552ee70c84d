using System.Globalization;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;

namespace Pipeline.Cli.Operating;

/// <summary>Letters and results as people read them.</summary>
internal static class Texts
{
    /// <summary>UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Letters(int count) => count == 1 ? "1 letter" : string.Create(CultureInfo.InvariantCulture, $"{count} letters");

    public static string State(DeadLetter letter) => letter.State == DeadLetterState.Due ? "due" : "parked";

    /// <summary>The status of a result, with its error or label.</summary>
    public static string Result(DocumentSnapshot result)
    {
        if (result.Fields is null)
        {
            return "there is no document";
        }

        var detail = Text(result, "error.code") ?? Text(result, "label");
        return $"{Text(result, "status")}{(detail is null ? "" : $" ({detail})")}, changed at {Time(result.UpdateTime)}";
    }

    public static string? Text(DocumentSnapshot document, string field) =>
        document.Fields is { } fields && DocumentFields.Find(fields, field) is DocumentValue.StringValue text ? text.Value : null;
}
