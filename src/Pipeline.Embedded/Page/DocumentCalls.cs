using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Page;

/// <summary>Results: the list, one of them, and another try.</summary>
internal sealed class DocumentCalls
{
    private const int LargestPage = 1000;

    /// <summary>What belongs to the worker that holds a claim, and to nobody else.</summary>
    private static readonly HashSet<string> Hidden = new(["claimId", "lease"], StringComparer.Ordinal);

    private readonly ChangeFeed _feed;
    private readonly IDocumentStore _store;
    private readonly UploadRules _rules;
    private readonly DeadLetters _letters;
    private readonly Action _retrySoon;

    /// <param name="retrySoon">Makes the sweep run now.</param>
    public DocumentCalls(ChangeFeed feed, IDocumentStore store, UploadRules rules, DeadLetters letters, Action retrySoon)
    {
        _feed = feed;
        _store = store;
        _rules = rules;
        _letters = letters;
        _retrySoon = retrySoon;
    }

    /// <summary><c>GET documents?status&amp;label&amp;text&amp;after&amp;limit</c>: a page of the list, newest first, and the counts of all.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var parameters = PageParameters.OfQuery(context, _rules);
        var filter = new BoardFilter(parameters.Text("status"), parameters.Text("label"), parameters.Text("text"));
        var limit = (int)parameters.Number("limit", 100, 1, LargestPage);
        BoardRow? place = null;
        if (parameters.Text("after", 4096) is { } after && !ListCursor.TryParse(after, out place))
        {
            throw PageRequestException.Invalid($"after is '{after}'; it must be the 'next' of a page before.");
        }

        var view = await _feed.CatchUpAsync(context.RequestAborted).ConfigureAwait(false);
        await PageJson.SendAsync(context, StatusCodes.Status200OK, json => Write(json, view, filter, place, limit)).ConfigureAwait(false);
    }

    /// <summary><c>GET document?bucket&amp;id</c>: a result whole, and its dead letter.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var parameters = PageParameters.OfQuery(context, _rules);
        var pair = parameters.Pair();
        var id = parameters.Id();
        var read = await _store.GetAsync([new DocumentPath(pair.Results, id), new DocumentPath(pair.DeadLetters, id)], context.RequestAborted).ConfigureAwait(false);
        if (read.Documents[0].Fields is not { } fields)
        {
            throw PageRequestException.NotFound("There is no result of this id.");
        }

        await PageJson.SendAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields.Where(static field => !Hidden.Contains(field.Key)))
            {
                json.WritePropertyName(name);
                PageJson.WriteValue(json, value);
            }

            json.WriteString("id", id);
            if (StoredLetter.Read(read.Documents[1]) is { } letter)
            {
                json.WritePropertyName("letter");
                LetterJson.Write(json, pair.Bucket, letter.Path.Id, letter.Letter);
            }

            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    /// <summary><c>POST redrive {bucket, name}</c>: the object is classified again, whatever its result says.</summary>
    public async Task RedriveAsync(HttpContext context)
    {
        var parameters = await PageParameters.OfBodyAsync(context, _rules).ConfigureAwait(false);
        var outcome = await _letters.RedriveObjectAsync(parameters.Pair().Bucket, parameters.Name(), context.RequestAborted).ConfigureAwait(false);
        _retrySoon();
        await OutcomeAnswer.SendAsync(context, outcome).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, BoardView view, BoardFilter filter, BoardRow? place, int limit)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", view.Sequence);
        json.WritePropertyName("counts");
        CountsJson.Write(json, view);
        json.WriteStartArray("documents");
        BoardRow? last = null;
        var found = 0;
        var index = place is null ? 0 : ListCursor.IndexAfter(view, place);
        for (; index < view.Rows.Count && found < limit; index++)
        {
            if (filter.Matches(view.Rows[index]))
            {
                last = view.Rows[index];
                found++;
                json.WriteRawValue(last.Json.AsSpan(), skipInputValidation: true);
            }
        }

        json.WriteEndArray();
        json.WriteString("next", index < view.Rows.Count ? ListCursor.Of(last!) : null);
        json.WriteEndObject();
    }
}
