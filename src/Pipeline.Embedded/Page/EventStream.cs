using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pipeline.Embedded.Page.Following;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;

namespace Pipeline.Embedded.Page;

/// <summary>
/// <c>GET events?after</c>: server-sent events, one for each change of a result or dead letter, in order. The events' ids are the changes' sequences,
/// so that a client goes on where it was, across restarts too; where the history no longer reaches back, it is told to read the list again.
/// </summary>
internal sealed class EventStream
{
    private const int PageSize = 256;

    private static readonly TimeSpan LookAtModels = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly ChangeFeed _feed;
    private readonly IChangeSource _source;
    private readonly ModelCalls _models;
    private readonly string _place;
    private readonly TimeProvider _time;

    /// <param name="place">Where the documents are, for a person.</param>
    public EventStream(ChangeFeed feed, IChangeSource source, ModelCalls models, string place, TimeProvider time)
    {
        _feed = feed;
        _source = source;
        _models = models;
        _place = place;
        _time = time;
    }

    public async Task SendAsync(HttpContext context)
    {
        var after = ReadPlace(context.Request);
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var watch = _feed.Watch();
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await RunAsync(context.Response, after, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The browser is gone, or the server is about to be.
        }
    }

    private static long ReadPlace(HttpRequest request)
    {
        var text = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : request.Query["after"].ToString();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after
            : throw PageRequestException.Invalid($"after is '{text}'; it must be the sequence of the last change seen, or 0.");
    }

    private async Task RunAsync(HttpResponse response, long after, CancellationToken cancellationToken)
    {
        var models = ReadOnlyMemory<byte>.Empty;
        var lastSent = _time.GetTimestamp();
        var isTroubled = false;
        while (true)
        {
            var events = new StringBuilder();
            (after, isTroubled) = await AppendAsync(events, after, isTroubled, cancellationToken).ConfigureAwait(false);
            var newest = _models.Render();
            if (!newest.Span.SequenceEqual(models.Span))
            {
                Append(events, "models", null, newest);
                models = newest;
            }

            if (events.Length == 0 && _time.GetElapsedTime(lastSent) > Heartbeat)
            {
                events.Append(": still here\n\n");
            }

            if (events.Length > 0)
            {
                await response.WriteAsync(events.ToString(), cancellationToken).ConfigureAwait(false);
                await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
                lastSent = _time.GetTimestamp();
            }

            await _feed.WaitAsync(after, LookAtModels, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells of changes, or once that the documents are out of reach, and once that they are not any more.</summary>
    private async Task<(long After, bool IsTroubled)> AppendAsync(StringBuilder events, long after, bool isTroubled, CancellationToken cancellationToken)
    {
        if (_feed.IsCutOff)
        {
            return Trouble();
        }

        try
        {
            var view = _feed.Board.View;
            var last = view.Sequence == after ? after : await AppendChangesAsync(events, after, cancellationToken).ConfigureAwait(false);
            if (isTroubled || last != after)
            {
                // The history may be ahead of the board; the counts must not fall behind the changes that were just told.
                view = view.Sequence >= last ? view : await _feed.CatchUpAsync(cancellationToken).ConfigureAwait(false);
                Append(events, "counts", null, PageJson.Render(json => CountsJson.Write(json, view)));
            }

            return (last, false);
        }
        catch (DocumentStoreException)
        {
            return Trouble();
        }

        (long After, bool IsTroubled) Trouble()
        {
            if (!isTroubled)
            {
                Append(events, "trouble", null, PageJson.Render(json => json.WriteStringValue($"No answer from the documents: {_place}. What is shown may be old; trying again.")));
            }

            return (after, true);
        }
    }

    /// <returns>The last change that the events tell of.</returns>
    private async Task<long> AppendChangesAsync(StringBuilder events, long after, CancellationToken cancellationToken)
    {
        var changes = await _source.ReadHistoryAsync(after, PageSize, cancellationToken).ConfigureAwait(false);
        if (changes.Length == 0 || changes[0].Sequence != after + 1)
        {
            var view = await _feed.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            Append(events, "reset", view.Sequence, PageJson.Render(json => CountsJson.Write(json, view)));
            return view.Sequence;
        }

        foreach (var change in changes)
        {
            Append(events, change);
        }

        return changes[^1].Sequence;
    }

    private void Append(StringBuilder events, BoardChange change)
    {
        if (_feed.Board.BucketOfResults(change.Path.Collection) is { } results)
        {
            var json = change.Fields is null
                ? Gone(results, change.Path.Id)
                : BoardRow.Read(results, change.Path, change.Fields, change.Made).Json.AsMemory();
            Append(events, "document", change.Sequence, json);
        }
        else if (_feed.Board.BucketOfLetters(change.Path.Collection) is { } letters)
        {
            var json = change.Fields is { } fields
                ? PageJson.Render(json => LetterJson.Write(json, letters, change.Path.Id, DeadLetter.Read(fields)))
                : Gone(letters, change.Path.Id);
            Append(events, "letter", change.Sequence, json);
        }
    }

    private static ReadOnlyMemory<byte> Gone(string bucket, string id) => PageJson.Render(json =>
    {
        json.WriteStartObject();
        json.WriteString("bucket", bucket);
        json.WriteString("id", id);
        json.WriteBoolean("gone", true);
        json.WriteEndObject();
    });

    /// <summary>JSON of one line, as events need it.</summary>
    private static void Append(StringBuilder events, string type, long? id, ReadOnlyMemory<byte> json)
    {
        if (id is { } sequence)
        {
            events.Append(CultureInfo.InvariantCulture, $"id: {sequence}\n");
        }

        events.Append(CultureInfo.InvariantCulture, $"event: {type}\ndata: ").Append(Encoding.UTF8.GetString(json.Span)).Append("\n\n");
    }
}
