using System.Net;
using System.Net.Sockets;
using Pipeline.Firebase.Tests.Support;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Tests.Firestore;

/// <summary>A Firestore that is down, slow, breaking off, or talking nonsense.</summary>
public sealed class FirestoreFaultTests
{
    private const string CommitAnswer = """{"writeResults":[{"updateTime":"2026-11-25T12:00:00.000001Z"}],"commitTime":"2026-11-25T12:00:00.000001Z"}""";

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    [Theory]
    [InlineData("get")]
    [InlineData("commit")]
    [InlineData("query")]
    public async Task Requests_NobodyListens_AreUnavailableAfterRetries(string operation)
    {
        var tokens = new ScriptedTokens("t");
        using var store = ScriptedStore.Create(ScriptedStore.Options(ClosedPort()), tokens);

        Assert.Equal(DocumentStoreError.Unavailable, (await ScriptedStore.FailAsync(store, operation)).Error);
        Assert.Equal(3, tokens.Asked);
    }

    [Theory]
    [InlineData("get", DocumentStoreError.Unavailable, 3)]
    [InlineData("query", DocumentStoreError.Unavailable, 3)]
    [InlineData("commit", DocumentStoreError.UnknownOutcome, 1)]
    public async Task Requests_NoAnswerInTime_AreSentAgainOnlyIfTheyRead(string operation, DocumentStoreError expected, int sent)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(ScriptedStore.GetAnswer), ScriptedServer.Silence);
        await ScriptedStore.WarmUpAsync(server.Address);
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address) with { RequestTimeout = Short });

        Assert.Equal(expected, (await ScriptedStore.FailAsync(store, operation)).Error);
        Assert.Equal(1 + sent, server.Requests.Count);
    }

    [Fact]
    public async Task Reads_NeverAnswered_EndWithTheTotalTime()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(ScriptedStore.GetAnswer), ScriptedServer.Silence);
        await ScriptedStore.WarmUpAsync(server.Address);
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address) with { TotalTimeout = Short });

        Assert.Equal(DocumentStoreError.Unavailable, (await ScriptedStore.FailAsync(store, "get")).Error);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("get", DocumentStoreError.Unavailable, 3)]
    [InlineData("query", DocumentStoreError.Unavailable, 3)]
    [InlineData("commit", DocumentStoreError.UnknownOutcome, 1)]
    public async Task Requests_ConnectionBreaks_AreSentAgainOnlyIfTheyRead(string operation, DocumentStoreError expected, int sent)
    {
        foreach (var begun in new[] { "", "[{", "{\"writeResults\":[" })
        {
            await using var server = await ScriptedServer.StartAsync(ScriptedServer.Break(begun));
            using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

            Assert.Equal(expected, (await ScriptedStore.FailAsync(store, operation)).Error);
            Assert.Equal(sent, server.Requests.Count);
        }
    }

    [Fact]
    public async Task Reads_FailingTwice_SucceedAtTheThirdTime()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Break(), ScriptedServer.Error(503, "UNAVAILABLE"), ScriptedServer.Answer(ScriptedStore.GetAnswer));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        var result = await store.GetAsync([ScriptedStore.Path], TestContext.Current.CancellationToken);

        Assert.False(Assert.Single(result.Documents).Exists);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Reads_Internal_AreSentAgainOnce()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(500, "INTERNAL"));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        Assert.Equal(DocumentStoreError.Unavailable, (await ScriptedStore.FailAsync(store, "get")).Error);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Commit_AppliedButAnsweredTooLate_IsSettledByTheSecondCopy()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Answer(ScriptedStore.GetAnswer), ScriptedServer.Silence, ScriptedServer.Error(409, "ALREADY_EXISTS"));
        await ScriptedStore.WarmUpAsync(server.Address);
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address) with { RequestTimeout = Short });
        DocumentWrite[] writes = [ScriptedStore.Write(DocumentPrecondition.MustNotExist)];

        var exception = await Assert.ThrowsAsync<DocumentStoreException>(() => store.CommitAsync(writes, TestContext.Current.CancellationToken));
        var second = await store.CommitAsync(writes, TestContext.Current.CancellationToken);

        Assert.Equal(DocumentStoreError.UnknownOutcome, exception.Error);
        Assert.Equal(CommitRefusal.AlreadyExists, Assert.IsType<CommitOutcome.Refused>(second).Reason);
        Assert.Equal(server.Requests[1].Body, server.Requests[2].Body);
    }

    [Theory]
    [InlineData("get", "")]
    [InlineData("get", "[]")]
    [InlineData("get", "{}")]
    [InlineData("get", "[{\"readTime\":\"2026-11-25T12:00:00Z\"}]")]
    [InlineData("get", "[{\"missing\":\"projects/p/databases/d/documents/other/id\",\"readTime\":\"2026-11-25T12:00:00Z\"}]")]
    [InlineData("get", "[{\"missing\":\"nonsense\",\"readTime\":\"2026-11-25T12:00:00Z\"}]")]
    [InlineData("get", "[{\"missing\":5,\"readTime\":\"2026-11-25T12:00:00Z\"}]")]
    [InlineData("get", "<html>")]
    [InlineData("get", "[{\"found\":{\"name\":\"projects/demo-p/databases/(default)/documents/classifications/users%2Fu1%2Fa.jpg\"}}]")]
    [InlineData("query", "[{\"document\":{\"name\":\"projects/p/databases/d/documents/c/id\",\"fields\":{\"f\":{\"novelValue\":1}},\"createTime\":\"2026-11-25T12:00:00Z\",\"updateTime\":\"2026-11-25T12:00:00Z\"}}]")]
    [InlineData("query", "[{\"readTime\":\"yesterday\"}]")]
    [InlineData("query", "[{\"readTime\":\"2026-11-25T12:00:00Z\"}] more")]
    [InlineData("query", "[{\"missing\":\"projects/p/databases/d/documents/c/id\",\"readTime\":\"2026-11-25T12:00:00Z\"}]")]
    public async Task Reads_AnswerThatMeansNothing_AreUnavailable(string operation, string answer)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(answer));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        Assert.Equal(DocumentStoreError.Unavailable, (await ScriptedStore.FailAsync(store, operation)).Error);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"commitTime\":\"2026-11-25T12:00:00Z\"}")]
    [InlineData("{\"writeResults\":[{}]}")]
    [InlineData("{\"writeResults\":[{},{}],\"commitTime\":\"2026-11-25T12:00:00Z\"}")]
    [InlineData("{\"writeResults\":[5],\"commitTime\":\"2026-11-25T12:00:00Z\"}")]
    [InlineData("<html>")]
    public async Task Commit_AnswerThatMeansNothing_HasAnUnknownOutcome(string answer)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(answer));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        Assert.Equal(DocumentStoreError.UnknownOutcome, (await ScriptedStore.FailAsync(store, "commit")).Error);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("get", DocumentStoreError.InvalidArgument, true)]
    [InlineData("get", DocumentStoreError.InvalidArgument, false)]
    [InlineData("commit", DocumentStoreError.UnknownOutcome, true)]
    [InlineData("commit", DocumentStoreError.UnknownOutcome, false)]
    public async Task Requests_AnswerWithoutEnd_IsNotReadToItsEnd(string operation, DocumentStoreError expected, bool isDeclared)
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.Response.ContentLength = isDeclared ? long.MaxValue : null;
            var block = new byte[4096];
            block.AsSpan().Fill((byte)' ');
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address) with { MaxAnswerBytes = 65_536 });

        Assert.Equal(expected, (await ScriptedStore.FailAsync(store, operation)).Error);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Commit_LargerThanTheServiceTakes_IsInvalidAndNotSent()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(CommitAnswer));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));
        var text = new string('x', 1_000_000);
        DocumentWrite[] writes = [.. Enumerable.Range(0, 5).Select(index => new DocumentWrite.Set(
            new DocumentPath("c", $"d{index}"), DocumentPrecondition.None, Fields.Of(("text", text)), null, []))];

        var exception = await Assert.ThrowsAsync<DocumentStoreException>(() => store.CommitAsync(writes, TestContext.Current.CancellationToken));

        Assert.Equal(DocumentStoreError.InvalidArgument, exception.Error);
        Assert.Contains("4194304", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("commit")]
    [InlineData("query")]
    public async Task Requests_CancelledWhileWaiting_Throw(string operation)
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            await cancellation.CancelAsync();
            await ScriptedServer.Silence(context);
        });
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => operation switch
        {
            "get" => store.GetAsync([ScriptedStore.Path], cancellation.Token),
            "commit" => store.CommitAsync([ScriptedStore.Write(DocumentPrecondition.None)], cancellation.Token),
            _ => store.QueryAsync(new DocumentQuery("c", [], null, false, 1), cancellation.Token),
        });
        Assert.Single(server.Requests);
    }

    private static Uri ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
