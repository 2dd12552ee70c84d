using Pipeline.Worker.Documents;
using Xunit;

namespace Pipeline.Testing.Documents;

public abstract partial class DocumentStoreCompliance
{
    [Fact]
    public async Task Get_SeveralPaths_AnswersEachInOrderExistingOrNot()
    {
        await CommitAsync(Replace(At("b"), DocumentPrecondition.None, ("n", 1L)));

        var result = await Store.GetAsync([At("c"), At("b"), At("a")], Cancellation);

        Assert.Equal([At("c"), At("b"), At("a")], result.Documents.Select(static document => document.Path));
        Assert.Equal([false, true, false], result.Documents.Select(static document => document.Exists));
    }

    [Fact]
    public async Task Get_AfterACommit_IsNotReadBeforeIt()
    {
        var committed = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));

        Assert.True((await Store.GetAsync([At("a")], Cancellation)).ReadTime >= committed.CommitTime);
    }

    [Fact]
    public async Task Commit_NewDocument_ReadsBackWithTheTimesAnswered()
    {
        var committed = await CommitAsync(Replace(At("a"), DocumentPrecondition.MustNotExist, ("n", 1L)));

        var document = await GetAsync(At("a"));
        Assert.Equal(committed.UpdateTimes[0], document.UpdateTime);
        Assert.Equal(committed.CommitTime, document.UpdateTime);
        Assert.Equal(document.CreateTime, document.UpdateTime);
        Assert.Equal(TimeSpan.Zero, document.UpdateTime.Offset);
    }

    [Fact]
    public async Task Commit_MustNotExistOnADocument_IsRefusedAsAlreadyExists()
    {
        await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));

        var refused = await RefusedAsync(Replace(At("a"), DocumentPrecondition.MustNotExist, ("n", 2L)));

        Assert.Equal(CommitRefusal.AlreadyExists, refused.Reason);
        Assert.Equal(1L, (await GetAsync(At("a"))).Fields!["n"]);
    }

    [Fact]
    public async Task Commit_MustExistWithoutADocument_IsRefusedAsNotFound()
    {
        var refused = await RefusedAsync(Replace(At("a"), DocumentPrecondition.MustExist, ("n", 2L)));

        Assert.Equal(CommitRefusal.NotFound, refused.Reason);
        Assert.False((await GetAsync(At("a"))).Exists);
    }

    [Fact]
    public async Task Commit_LastUpdatedAsRead_IsApplied()
    {
        var first = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));

        var second = await CommitAsync(Replace(At("a"), DocumentPrecondition.LastUpdated(first.UpdateTimes[0]), ("n", 2L)));

        Assert.True(second.UpdateTimes[0] > first.UpdateTimes[0]);
        Assert.Equal(2L, (await GetAsync(At("a"))).Fields!["n"]);
    }

    [Fact]
    public async Task Commit_LastUpdatedOneMicrosecondOff_IsRefused()
    {
        var first = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));

        foreach (var off in new[] { -1, 1 })
        {
            var stale = DocumentPrecondition.LastUpdated(first.UpdateTimes[0].AddMicroseconds(off));
            Assert.Equal(CommitRefusal.FailedPrecondition, (await RefusedAsync(Replace(At("a"), stale, ("n", 2L)))).Reason);
            Assert.Equal(CommitRefusal.FailedPrecondition, (await RefusedAsync(Remove(At("a"), stale))).Reason);
        }
    }

    [Fact]
    public async Task Commit_LastUpdatedWithoutADocument_IsRefused()
    {
        var refused = await RefusedAsync(Replace(At("a"), DocumentPrecondition.LastUpdated(DateTimeOffset.UnixEpoch), ("n", 2L)));

        Assert.NotEqual(CommitRefusal.AlreadyExists, refused.Reason);
        Assert.False((await GetAsync(At("a"))).Exists);
    }

    [Fact]
    public async Task Commit_OneOfSeveralRefused_AppliesNone()
    {
        var first = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)), Replace(At("b"), DocumentPrecondition.None, ("n", 1L)));

        await RefusedAsync(
            Replace(At("a"), DocumentPrecondition.LastUpdated(first.UpdateTimes[0]), ("n", 2L)),
            Remove(At("b")),
            Replace(At("c"), DocumentPrecondition.MustExist, ("n", 2L)));

        var documents = (await Store.GetAsync([At("a"), At("b"), At("c")], Cancellation)).Documents;
        Assert.Equal(1L, documents[0].Fields!["n"]);
        Assert.Equal(first.UpdateTimes[0], documents[0].UpdateTime);
        Assert.True(documents[1].Exists);
        Assert.False(documents[2].Exists);
    }

    [Fact]
    public async Task Commit_SeveralDocuments_ShareOneTime()
    {
        var committed = await CommitAsync(
            Replace(At("a"), DocumentPrecondition.None, ("n", 1L)),
            Replace(At("b"), DocumentPrecondition.MustNotExist, ("n", 1L)));

        Assert.Equal([committed.CommitTime, committed.CommitTime], committed.UpdateTimes);
    }

    [Fact]
    public async Task Commit_UnchangedDocument_KeepsItsUpdateTime()
    {
        var first = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L), ("m", Fields.Map(("x", 1L)))));

        var replaced = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L), ("m", Fields.Map(("x", 1L)))));
        var merged = await CommitAsync(Merge(At("a"), ["m.x", "gone"], ("m", Fields.Map(("x", 1L)))));

        Assert.Equal(first.UpdateTimes, replaced.UpdateTimes);
        Assert.Equal(first.UpdateTimes, merged.UpdateTimes);
        Assert.Equal(first.UpdateTimes[0], (await GetAsync(At("a"))).UpdateTime);
    }

    [Fact]
    public async Task Commit_ChangedDocument_KeepsItsCreateTime()
    {
        var first = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));
        await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 2L)));

        Assert.Equal(first.CommitTime, (await GetAsync(At("a"))).CreateTime);
    }

    [Fact]
    public async Task Delete_Document_IsGone()
    {
        var first = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));

        await CommitAsync(Remove(At("a"), DocumentPrecondition.LastUpdated(first.UpdateTimes[0])));

        Assert.False((await GetAsync(At("a"))).Exists);
    }

    [Fact]
    public async Task Delete_WithoutADocument_SucceedsUnlessRefused()
    {
        await CommitAsync(Remove(At("a")));

        Assert.Equal(CommitRefusal.NotFound, (await RefusedAsync(Remove(At("a"), DocumentPrecondition.MustExist))).Reason);
    }

    [Fact]
    public async Task Commit_DeletedAndMadeAgain_HasALaterTime()
    {
        var first = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));
        await CommitAsync(Remove(At("a")));
        var again = await CommitAsync(Replace(At("a"), DocumentPrecondition.MustNotExist, ("n", 1L)));

        Assert.True(again.UpdateTimes[0] > first.UpdateTimes[0]);
        await RefusedAsync(Replace(At("a"), DocumentPrecondition.LastUpdated(first.UpdateTimes[0]), ("n", 2L)));
    }

    [Fact]
    public async Task Commit_ManyAtOnceForOneNewDocument_AcceptsExactlyOne()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(index => Task.Run(
            () => Store.CommitAsync([Replace(At("a"), DocumentPrecondition.MustNotExist, ("n", (long)index))], Cancellation))));

        Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
        Assert.All(outcomes.OfType<CommitOutcome.Refused>(), static refused => Assert.Equal(CommitRefusal.AlreadyExists, refused.Reason));
    }

    [Fact]
    public async Task Requests_Cancelled_Throw()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetAsync([At("a")], cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.CommitAsync([Replace(At("a"), DocumentPrecondition.None, ("n", 1L))], cancelled.Token));
        Assert.False((await GetAsync(At("a"))).Exists);
    }
}
