using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;

namespace Pipeline.Cli.Operating;

/// <summary>Dead letters for scripts, under the names that their documents use.</summary>
internal static class LetterJson
{
    public static object Of(StoredLetter stored) => new
    {
        stored.Path.Id,
        Collection = stored.Path.Collection,
        stored.Letter.Bucket,
        stored.Letter.Name,

        // As text: not every reader of JSON keeps 64 bits.
        Generation = stored.Letter.Generation?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        State = Texts.State(stored.Letter),
        stored.Letter.DueAt,
        stored.Letter.Attempts,
        stored.Letter.Redrives,
        stored.Letter.ParkedReason,
        stored.Letter.FirstFailedAt,
        stored.Letter.LastFailedAt,
        stored.Letter.EventId,
        stored.Letter.EventType,
        stored.Letter.EventTime,
        stored.Letter.Rule,
        Errors = stored.Letter.Errors.Select(error => new { error.Code, error.Message, error.At, error.Model, error.Instance }),
        stored.Letter.Payload,
    };

    public static object Of(DeadLetterDetail detail) => new
    {
        Letter = Of(detail.Stored),
        Rule = detail.Target?.Rule,
        Result = detail.Result.Fields is null
            ? null
            : new
            {
                Document = detail.Result.Path.ToString(),
                Status = Texts.Text(detail.Result, "status"),
                Label = Texts.Text(detail.Result, "label"),
                Error = Texts.Text(detail.Result, "error.code"),
                detail.Result.UpdateTime,
            },
    };
}
