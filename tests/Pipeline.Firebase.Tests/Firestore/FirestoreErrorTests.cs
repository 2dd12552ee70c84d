using Pipeline.Firebase.Identity;
using Pipeline.Firebase.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Tests.Firestore;

/// <summary>What each error of Firestore's means to the caller.</summary>
public sealed class FirestoreErrorTests
{
    [Theory]
    [InlineData("ABORTED", 409, DocumentStoreError.Aborted, DocumentStoreError.Aborted)]
    [InlineData("RESOURCE_EXHAUSTED", 429, DocumentStoreError.ResourceExhausted, DocumentStoreError.ResourceExhausted)]
    [InlineData("PERMISSION_DENIED", 403, DocumentStoreError.PermissionDenied, DocumentStoreError.PermissionDenied)]
    [InlineData("UNAUTHENTICATED", 401, DocumentStoreError.PermissionDenied, DocumentStoreError.PermissionDenied)]
    [InlineData("NOT_FOUND", 404, DocumentStoreError.PermissionDenied, DocumentStoreError.PermissionDenied)]
    [InlineData("INVALID_ARGUMENT", 400, DocumentStoreError.InvalidArgument, DocumentStoreError.InvalidArgument)]
    [InlineData("OUT_OF_RANGE", 400, DocumentStoreError.InvalidArgument, DocumentStoreError.InvalidArgument)]
    [InlineData("FAILED_PRECONDITION", 400, DocumentStoreError.InvalidArgument, DocumentStoreError.InvalidArgument)]
    [InlineData("ALREADY_EXISTS", 409, DocumentStoreError.InvalidArgument, DocumentStoreError.InvalidArgument)]
    [InlineData("UNIMPLEMENTED", 501, DocumentStoreError.InvalidArgument, DocumentStoreError.InvalidArgument)]
    [InlineData("UNAVAILABLE", 503, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData("DEADLINE_EXCEEDED", 504, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData("INTERNAL", 500, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData("UNKNOWN", 500, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData("DATA_LOSS", 500, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData("CANCELLED", 499, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    public async Task Requests_EachStatus_HasItsClass(string status, int code, DocumentStoreError read, DocumentStoreError commit)
    {
        var error = $$$"""{"error":{"code":{{{code}}},"message":"why\nso","status":"{{{status}}}"}}""";
        foreach (var (answer, http) in new[] { (error, code), ($"[{error}]", code), ($$"""[{"readTime":"2026-11-25T12:00:00Z"},{{error}}]""", 200) })
        {
            await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(answer, http));
            using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

            foreach (var operation in new[] { "get", "query" })
            {
                var exception = await ScriptedStore.FailAsync(store, operation);
                Assert.Equal(read, exception.Error);
                Assert.EndsWith($"{status}: why so", exception.Message, StringComparison.Ordinal);
            }

            if (http != 200)
            {
                Assert.Equal(commit, (await ScriptedStore.FailAsync(store, "commit")).Error);
            }
        }
    }

    [Theory]
    [InlineData(400, DocumentStoreError.InvalidArgument, DocumentStoreError.InvalidArgument)]
    [InlineData(401, DocumentStoreError.PermissionDenied, DocumentStoreError.PermissionDenied)]
    [InlineData(403, DocumentStoreError.PermissionDenied, DocumentStoreError.PermissionDenied)]
    [InlineData(404, DocumentStoreError.PermissionDenied, DocumentStoreError.PermissionDenied)]
    [InlineData(407, DocumentStoreError.PermissionDenied, DocumentStoreError.PermissionDenied)]
    [InlineData(413, DocumentStoreError.InvalidArgument, DocumentStoreError.InvalidArgument)]
    [InlineData(415, DocumentStoreError.InvalidArgument, DocumentStoreError.InvalidArgument)]
    [InlineData(429, DocumentStoreError.ResourceExhausted, DocumentStoreError.ResourceExhausted)]
    [InlineData(302, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData(408, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData(409, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData(500, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData(502, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData(503, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    [InlineData(504, DocumentStoreError.Unavailable, DocumentStoreError.UnknownOutcome)]
    public async Task Requests_AnswerOfSomethingOnTheWay_HaveTheClassOfItsCode(int code, DocumentStoreError read, DocumentStoreError commit)
    {
        foreach (var answer in new[] { "Not Found", "<html>secret</html>", "", "{}", "[]", "{\"error\":\"text\"}", "{\"error\":{}}" })
        {
            await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(answer, code));
            using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

            var exception = await ScriptedStore.FailAsync(store, "get");

            Assert.Equal(read, exception.Error);
            Assert.Equal(commit, (await ScriptedStore.FailAsync(store, "commit")).Error);
            Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, int, string, DocumentPrecondition, CommitRefusal> Refusals => new()
    {
        { "ALREADY_EXISTS", 409, "entity already exists", DocumentPrecondition.MustNotExist, CommitRefusal.AlreadyExists },
        { "NOT_FOUND", 404, "no entity to update", DocumentPrecondition.MustExist, CommitRefusal.NotFound },
        { "NOT_FOUND", 404, "no document to update", DocumentPrecondition.LastUpdated(ScriptedStore.Version), CommitRefusal.NotFound },
        { "FAILED_PRECONDITION", 400, "the stored version does not match", DocumentPrecondition.LastUpdated(ScriptedStore.Version), CommitRefusal.FailedPrecondition },
        { "INVALID_ARGUMENT", 400, "Invalid base version, it is greater", DocumentPrecondition.LastUpdated(ScriptedStore.Version), CommitRefusal.FailedPrecondition },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Commit_PreconditionThatDoesNotHold_IsRefused(string status, int code, string message, DocumentPrecondition precondition, CommitRefusal expected)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(code, status, message));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        var outcome = await store.CommitAsync([ScriptedStore.Write(precondition)], TestContext.Current.CancellationToken);

        var refused = Assert.IsType<CommitOutcome.Refused>(outcome);
        Assert.Equal(expected, refused.Reason);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Commit_NewDocumentInADatabaseThatDoesNotExist_IsDeniedAndNotRefused()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(404, "NOT_FOUND", "The database (default) does not exist for project p"));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address));

        var exception = await Assert.ThrowsAsync<DocumentStoreException>(
            () => store.CommitAsync([ScriptedStore.Write(DocumentPrecondition.MustNotExist)], TestContext.Current.CancellationToken));

        Assert.Equal(DocumentStoreError.PermissionDenied, exception.Error);
        Assert.Contains("does not exist for project p", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_TokenThatHasEnded_AreSentOnceMoreWithAnother()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Error(401, "UNAUTHENTICATED"),
            ScriptedServer.Answer("""{"writeResults":[{"updateTime":"2026-11-25T12:00:00.5Z"}],"commitTime":"2026-11-25T12:00:00.5Z"}"""));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address), new ScriptedTokens("old", "new"));

        await ScriptedStore.RunAsync(store, "commit");

        Assert.Equal(["Bearer old", "Bearer new"], server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Requests_EveryTokenRefused_AreDeniedAfterTwo()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(401, "UNAUTHENTICATED", "expired"));
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address), new ScriptedTokens("first", "second", "third"));

        var exception = await ScriptedStore.FailAsync(store, "commit");

        Assert.Equal(DocumentStoreError.PermissionDenied, exception.Error);
        Assert.Equal(2, server.Requests.Count);
        Assert.DoesNotContain("first", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("second", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, DocumentStoreError.Unavailable, 3)]
    [InlineData(false, DocumentStoreError.PermissionDenied, 1)]
    public async Task Requests_NoTokenToBeHad_AreNotSent(bool isTransient, DocumentStoreError expected, int asked)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Silence);
        var tokens = new ScriptedTokens { Failure = new AccessTokenException(isTransient, "no account") };
        using var store = ScriptedStore.Create(ScriptedStore.Options(server.Address), tokens);

        foreach (var operation in new[] { "get", "commit" })
        {
            Assert.Equal(expected, (await ScriptedStore.FailAsync(store, operation)).Error);
        }

        Assert.Equal(2 * asked, tokens.Asked);
        Assert.Empty(server.Requests);
    }
}
