using System.Text.Json.Nodes;
using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Tests.Support;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Tests.Firestore;

/// <summary>What goes over the wire.</summary>
public sealed class FirestoreRequestTests
{
    private const string Documents = "projects/demo-p/databases/(default)/documents";

    [Fact]
    public async Task Commit_EveryPart_StandsInTheBody()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(
            """{"writeResults":[{"updateTime":"2026-11-25T12:00:00.000001Z","transformResults":[{"timestampValue":"2026-11-25T12:00:00Z"}]},{}],"commitTime":"2026-11-25T12:00:00.000002Z"}"""));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address), new ScriptedTokens("the-token"));
        var version = new DateTimeOffset(2026, 11, 25, 13, 0, 0, TimeSpan.FromHours(1)).AddMicroseconds(123456);

        var outcome = await store.CommitAsync(
            [
                new DocumentWrite.Set(
                    new DocumentPath("classifications", "a%2Fb"),
                    DocumentPrecondition.MustNotExist,
                    Fields.Of(("status", "done"), ("ignored", 1L), ("lease", Fields.Map(("seconds", 60L), ("ignored", 2L)))),
                    ["status", "lease.seconds", "`od.d`", "gone"],
                    ["updatedAt"]),
                new DocumentWrite.Delete(new DocumentPath("deadLetters", "x"), DocumentPrecondition.LastUpdated(version)),
            ],
            TestContext.Current.CancellationToken);

        var committed = Assert.IsType<CommitOutcome.Committed>(outcome);
        Assert.Equal([1, 2], committed.UpdateTimes.Select(time => (time - new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero)).TotalMicroseconds));
        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", $"/v1/{Documents}:commit", "Bearer the-token", "HTTP/1.1"), (request.Method, request.Target, request.Authorization, request.Protocol));
        AssertJson(
            $$$$$"""
            {"writes":[
              {"update":{"name":"{{{{{Documents}}}}}/classifications/a%2Fb",
                         "fields":{"lease":{"mapValue":{"fields":{"seconds":{"integerValue":"60"}}}},"status":{"stringValue":"done"}}},
               "updateMask":{"fieldPaths":["status","lease.seconds","`od.d`","gone"]},
               "updateTransforms":[{"fieldPath":"updatedAt","setToServerValue":"REQUEST_TIME"}],
               "currentDocument":{"exists":false}},
              {"delete":"{{{{{Documents}}}}}/deadLetters/x","currentDocument":{"updateTime":"2026-11-25T12:00:00.123456Z"}}]}
            """,
            request.Body);
    }

    [Fact]
    public async Task Commit_WithoutMaskOrPrecondition_HasNeither()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer("""{"writeResults":[{"updateTime":"2026-11-25T12:00:00Z"}],"commitTime":"2026-11-25T12:00:00Z"}"""));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        await ScriptedStore.RunAsync(store, "commit");

        AssertJson(
            $$$$$"""{"writes":[{"update":{"name":"{{{{{Documents}}}}}/classifications/users%2Fu1%2Fa.jpg","fields":{"n":{"integerValue":"1"}}}}]}""",
            server.Requests[0].Body);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("billed-here", "billed-here")]
    public async Task Requests_OfAPersonsAccount_NameTheProjectWhoseQuotaTheyUse(string? quotaProject, string header)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(ScriptedStore.GetAnswer));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address), new ScriptedTokens("t") { QuotaProject = quotaProject });

        await ScriptedStore.RunAsync(store, "get");

        Assert.Equal(header, server.Requests[0].QuotaProject);
    }

    [Fact]
    public async Task Commit_VersionFinerThanMicroseconds_IsSentBackAsItCame()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(400, "FAILED_PRECONDITION"));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        await store.CommitAsync([ScriptedStore.Write(DocumentPrecondition.LastUpdated(ScriptedStore.Version.AddTicks(1_234_567)))], TestContext.Current.CancellationToken);

        Assert.Contains("\"2026-11-25T12:00:00.1234567Z\"", server.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_VersionBeforeAllDocuments_IsRefusedUnasked()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Silence);
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        foreach (var never in new[] { default, DateTimeOffset.UnixEpoch })
        {
            var outcome = await store.CommitAsync([ScriptedStore.Write(DocumentPrecondition.LastUpdated(never))], TestContext.Current.CancellationToken);
            Assert.Equal(CommitRefusal.FailedPrecondition, Assert.IsType<CommitOutcome.Refused>(outcome).Reason);
        }

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Get_NamesStandInTheBodyAndAnswersMayComeInAnyOrder()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(
            """
            [{"transaction":"x"},
             {"missing":"projects/demo-p/databases/other/documents/users/u%201/photos/b","readTime":"2026-11-25T12:00:00.000002Z"},
             {"found":{"name":"projects/demo-p/databases/other/documents/c/a","createTime":"2026-11-25T11:00:00Z","updateTime":"2026-11-25T11:00:00.123456789Z"},"readTime":"2026-11-25T12:00:00.000001Z"}]
            """));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address) with { Database = "other" });
        DocumentPath[] paths = [new("c", "a"), new("users/u%201/photos", "b")];

        var result = await store.GetAsync(paths, TestContext.Current.CancellationToken);

        Assert.Equal("/v1/projects/demo-p/databases/other/documents:batchGet", server.Requests[0].Target);
        AssertJson("""{"documents":["projects/demo-p/databases/other/documents/c/a","projects/demo-p/databases/other/documents/users/u%201/photos/b"]}""", server.Requests[0].Body);
        Assert.Equal(paths, result.Documents.Select(document => document.Path));
        Assert.Empty(result.Documents[0].Fields!);
        Assert.Equal(ScriptedStore.Version.AddHours(-1).AddTicks(1_234_567), result.Documents[0].UpdateTime);
        Assert.False(result.Documents[1].Exists);
        Assert.Equal(ScriptedStore.Version.AddMicroseconds(2), result.ReadTime);
    }

    [Fact]
    public async Task Query_EveryPart_StandsInTheBody()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer("""[{"readTime":"2026-11-25T12:00:00Z","skippedResults":0,"done":true}]"""));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));
        var start = new DocumentSnapshot(new DocumentPath("a/b%2F c/d", "last"), Fields.Of(("dueAt", ScriptedStore.Version)), default, default);

        var result = await store.QueryAsync(
            new DocumentQuery(
                "a/b%2F c/d",
                [new DocumentFilter("state", DocumentFilterOperator.Equal, "due"), new DocumentFilter("dueAt", DocumentFilterOperator.LessThanOrEqual, ScriptedStore.Version)],
                "dueAt",
                true,
                100,
                start),
            TestContext.Current.CancellationToken);

        Assert.Empty(result.Documents);
        Assert.Equal($"/v1/{Documents}/a/b%252F%20c:runQuery", server.Requests[0].Target);
        AssertJson(
            $$$$$"""
            {"structuredQuery":{
              "from":[{"collectionId":"d"}],
              "where":{"compositeFilter":{"op":"AND","filters":[
                {"fieldFilter":{"field":{"fieldPath":"state"},"op":"EQUAL","value":{"stringValue":"due"}}},
                {"fieldFilter":{"field":{"fieldPath":"dueAt"},"op":"LESS_THAN_OR_EQUAL","value":{"timestampValue":"2026-11-25T12:00:00Z"}}}]}},
              "orderBy":[{"field":{"fieldPath":"dueAt"},"direction":"DESCENDING"},{"field":{"fieldPath":"__name__"},"direction":"DESCENDING"}],
              "startAt":{"values":[{"timestampValue":"2026-11-25T12:00:00Z"},{"referenceValue":"{{{{{Documents}}}}}/a/b%2F c/d/last"}],"before":false},
              "limit":100}}
            """,
            server.Requests[0].Body);
    }

    [Fact]
    public void Client_OfTheService_AsksForHttp2OverTls()
    {
        var options = new FirestoreOptions("my-app");
        using var client = FirestoreHttp.Create(options);

        Assert.Equal(new Uri("https://firestore.googleapis.com/v1/projects/my-app/databases/(default)/documents:commit"), new FirestoreNames(options).Commit);
        Assert.Equal((System.Net.HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower), (client.DefaultRequestVersion, client.DefaultVersionPolicy));
    }

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
