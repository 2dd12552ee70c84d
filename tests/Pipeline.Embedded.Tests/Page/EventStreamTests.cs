using System.Globalization;
using System.Net;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Testing.Documents;
using Pipeline.Testing.Faults;

namespace Pipeline.Embedded.Tests.Page;

public sealed class EventStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_Changes_ComeInOrderAndGoOnWhereTheLastEnded()
    {
        await using var page = await PageFixture.StartAsync();
        await page.PutAsync("classifications/a", ("name", "a"), ("status", "processing"));

        var seen = new List<(string Id, string Type, string Data)>();
        await ReadAsync(page, 0, null, async next =>
        {
            seen.Add(await next("document"));
            await page.PutAsync("classifications/a", ("name", "a"), ("status", "classified"));
            await page.PutAsync("deadLetters/b", ("state", "due"));
            seen.Add(await next("document"));
            seen.Add(await next("letter"));
        });
        await page.PutAsync("classifications/c", ("name", "c\nd"), ("status", "failed"));
        await ReadAsync(page, 0, seen[^1].Id, async next => seen.Add(await next("document")));

        Assert.Equal(["1", "2", "3", "4"], seen.Select(happening => happening.Id));
        Assert.Contains("\"processing\"", seen[0].Data, StringComparison.Ordinal);
        Assert.Contains("\"classified\"", seen[1].Data, StringComparison.Ordinal);
        Assert.Contains("\"due\"", seen[2].Data, StringComparison.Ordinal);
        Assert.Contains("c\\nd", seen[3].Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Events_FromWhatTheHistoryDoesNotReach_BeginWithAReset(long after)
    {
        await using var page = await PageFixture.StartAsync(historyLimit: 3);
        for (var number = 0; number < 9; number++)
        {
            await page.PutAsync("classifications/a", ("name", $"{number}"), ("status", "failed"));
        }

        await ReadAsync(page, after, null, async next =>
        {
            Assert.Equal("9", (await next("reset")).Id);
            await page.PutAsync("classifications/b", ("name", "b"), ("status", "failed"));
            Assert.Equal("10", (await next("document")).Id);
        });
    }

    [Fact]
    public async Task Events_DocumentDeleted_SaysThatItIsGone()
    {
        await using var page = await PageFixture.StartAsync();
        await page.PutAsync("classifications/a", ("name", "a"), ("status", "failed"));

        await ReadAsync(page, 1, null, async next =>
        {
            await page.Store.CommitAsync(Documents.Delete("classifications/a"));
            Assert.Contains("\"gone\":true", (await next("document")).Data, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Events_Models_ComeAtTheStartAndWhenTheyChange()
    {
        await using var page = await PageFixture.StartAsync();

        await ReadAsync(page, 0, null, async next => Assert.Contains("flowers", (await next("models")).Data, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_OfAnEmulator_ComeAndGoOnWhereTheLastEnded()
    {
        await using var page = await PageFixture.StartOnAsync(new InMemoryDocumentStore(TimeProvider.System));
        await page.PutAsync("classifications/a", ("name", "a"), ("status", "processing"));
        var last = (await page.GetAsync("/api/documents")).GetProperty("sequence").GetInt64();

        var seen = new List<(string Id, string Type, string Data)>();
        await ReadAsync(page, last, null, async next =>
        {
            await page.PutAsync("classifications/a", ("name", "a"), ("status", "classified"));
            seen.Add(await next("document"));
            await page.PutAsync("deadLetters/b", ("state", "due"));
            seen.Add(await next("letter"));
            await page.Store.CommitAsync(Documents.Delete("deadLetters/b"));
            seen.Add(await next("letter"));
        });
        await page.PutAsync("classifications/c", ("name", "c"), ("status", "failed"));
        await ReadAsync(page, 0, seen[^1].Id, async next => seen.Add(await next("document")));
        await ReadAsync(page, last - 1000, null, async next => Assert.Equal(seen[^1].Id, (await next("reset")).Id));

        Assert.Equal(Enumerable.Range(1, 4).Select(number => $"{last + number}"), seen.Select(happening => happening.Id));
        Assert.Contains("\"classified\"", seen[0].Data, StringComparison.Ordinal);
        Assert.Contains("\"due\"", seen[1].Data, StringComparison.Ordinal);
        Assert.Contains("\"gone\":true", seen[2].Data, StringComparison.Ordinal);
        Assert.Contains("\"failed\"", seen[3].Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_StoreAwayAndBack_TellOfItOnceThenEverythingAnew()
    {
        var away = new FaultPlan { Queries = new DocumentFaultRates { Unavailable = 1 }, Gets = new DocumentFaultRates { Unavailable = 1 } };
        var documents = new InMemoryDocumentStore(TimeProvider.System);
        var store = new FaultyDocumentStore(documents, FaultPlan.None, seed: 1, TimeProvider.System);
        await using var page = await PageFixture.StartOnAsync(store);
        await page.PutAsync("classifications/a", ("name", "a"), ("status", "failed"));
        var last = (await page.GetAsync("/api/documents")).GetProperty("sequence").GetInt64();

        await ReadAsync(page, last, null, async next =>
        {
            store.Plan = away;
            Assert.Contains("an emulator", (await next("trouble")).Data, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await page.SendAsync(HttpMethod.Get, "/api/documents")).Status);
            await ReadAsync(page, last, null, async other => Assert.Contains("an emulator", (await other("trouble")).Data, StringComparison.Ordinal));
            await documents.CommitAsync(Documents.Delete("classifications/a"));
            store.Plan = FaultPlan.None;
            Assert.Contains("\"all\":0", (await next("reset")).Data, StringComparison.Ordinal);
            Assert.Contains("\"all\":0", (await next("counts")).Data, StringComparison.Ordinal);
        });
    }

    /// <summary>Opens the stream; <c>next</c> gives the next event of a type.</summary>
    private static async Task ReadAsync(PageFixture page, long after, string? lastEventId, Func<Func<string, Task<(string Id, string Type, string Data)>>, Task> use)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/events?after={after}"), UriKind.Relative));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var answer = await page.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        await use(async type =>
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
            end.CancelAfter(Patience);
            while (true)
            {
                var happening = await NextAsync(reader, end.Token);
                if (happening.Type == type)
                {
                    return happening;
                }
            }
        });
    }

    private static async Task<(string Id, string Type, string Data)> NextAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                return (fields.GetValueOrDefault("id", string.Empty), fields.GetValueOrDefault("event", string.Empty), fields.GetValueOrDefault("data", string.Empty));
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            fields[line[..colon]] = line[(colon + 1)..].TrimStart();
        }

        throw new EndOfStreamException("The stream has ended.");
    }
}
