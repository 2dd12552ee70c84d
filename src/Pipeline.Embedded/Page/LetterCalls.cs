using Microsoft.AspNetCore.Http;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Page;

/// <summary>Dead letters: the list, and what an operator does with one.</summary>
internal sealed class LetterCalls
{
    private const int LargestPage = 1000;

    private readonly UploadRules _rules;
    private readonly DeadLetters _letters;
    private readonly Action _retrySoon;

    /// <param name="retrySoon">Makes the sweep run now.</param>
    public LetterCalls(UploadRules rules, DeadLetters letters, Action retrySoon)
    {
        _rules = rules;
        _letters = letters;
        _retrySoon = retrySoon;
    }

    /// <summary><c>GET dead-letters?state&amp;after&amp;limit</c>: bucket by bucket, the due before the parked, the earliest first.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var parameters = PageParameters.OfQuery(context, _rules);
        var filter = new DeadLetterFilter { State = StateOf(parameters.Text("state")) };
        var limit = (int)parameters.Number("limit", 100, 1, LargestPage);
        DeadLetterCursor? after = null;
        if (parameters.Text("after", 8192) is { } text && !DeadLetterCursor.TryParse(text, out after))
        {
            throw PageRequestException.Invalid($"after is '{text}'; it must be the 'next' of a page before.");
        }

        var page = await ListAsync(filter, limit, after, context.RequestAborted).ConfigureAwait(false);
        await PageJson.SendAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("letters");
            foreach (var letter in page.Letters)
            {
                LetterJson.Write(json, BucketOf(letter), letter.Path.Id, letter.Letter);
            }

            json.WriteEndArray();
            json.WriteString("next", page.Next?.ToString());
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    /// <summary><c>POST dead-letters/retry {bucket, id}</c>: due now.</summary>
    public async Task RetryAsync(HttpContext context)
    {
        var letter = await FindAsync(context).ConfigureAwait(false);
        var outcome = await _letters.RedriveAsync(letter, context.RequestAborted).ConfigureAwait(false);
        _retrySoon();
        await OutcomeAnswer.SendAsync(context, outcome).ConfigureAwait(false);
    }

    /// <summary><c>POST dead-letters/park {bucket, id}</c>: not tried again by itself.</summary>
    public async Task ParkAsync(HttpContext context)
    {
        var letter = await FindAsync(context).ConfigureAwait(false);
        await OutcomeAnswer.SendAsync(context, await _letters.ParkAsync(letter, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary><c>POST dead-letters/drop {bucket, id}</c>: deleted.</summary>
    public async Task DropAsync(HttpContext context)
    {
        var letter = await FindAsync(context).ConfigureAwait(false);
        await OutcomeAnswer.SendAsync(context, await _letters.DropAsync(letter, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static DeadLetterState? StateOf(string? text) => text switch
    {
        null => null,
        "due" => DeadLetterState.Due,
        "parked" => DeadLetterState.Parked,
        _ => throw PageRequestException.Invalid($"state is '{text}'; it may be due or parked."),
    };

    private async Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, int limit, DeadLetterCursor? after, CancellationToken cancellationToken)
    {
        try
        {
            return await _letters.ListAsync(filter, limit, after, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            throw new PageRequestException(StatusCodes.Status400BadRequest, "after belongs to no configured bucket.", exception);
        }
    }

    private string BucketOf(StoredLetter letter) => _rules.Pairs.First(pair => pair.DeadLetters == letter.Path.Collection).Bucket;

    private async Task<StoredLetter> FindAsync(HttpContext context)
    {
        var parameters = await PageParameters.OfBodyAsync(context, _rules).ConfigureAwait(false);
        return await _letters.FindAsync(parameters.Pair(), parameters.Id(), context.RequestAborted).ConfigureAwait(false)
            ?? throw PageRequestException.NotFound("The dead letter is not there any more.");
    }
}
