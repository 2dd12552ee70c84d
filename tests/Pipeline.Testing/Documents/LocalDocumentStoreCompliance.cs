using Microsoft.Extensions.Time.Testing;
using Pipeline.Worker.Documents;
using Xunit;

namespace Pipeline.Testing.Documents;

/// <summary>The further laws of a store that keeps the time itself, on a clock that the test moves.</summary>
public abstract class LocalDocumentStoreCompliance : DocumentStoreCompliance
{
    /// <summary>The clock of <see cref="DocumentStoreCompliance.Store"/>.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Commit_ClockMovedOn_HasTheClocksTimeInMicroseconds()
    {
        Time.Advance(TimeSpan.FromTicks(36_000_000_123L));

        var committed = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));

        Assert.Equal(Time.GetUtcNow().AddTicks(-3), committed.CommitTime);
    }

    [Fact]
    public async Task Commit_ClockStandingStill_IsOneMicrosecondAfterTheLastOfAnyDocument()
    {
        var a = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));
        var b = await CommitAsync(Replace(At("b"), DocumentPrecondition.None, ("n", 1L)));
        await CommitAsync(Remove(At("a")));
        var again = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));

        Assert.Equal(a.CommitTime.AddMicroseconds(1), b.CommitTime);
        Assert.True(again.CommitTime > b.CommitTime);
        Assert.True(again.CommitTime <= b.CommitTime.AddMicroseconds(2));
    }

    [Fact]
    public async Task Commit_ClockSetBack_StillGoesForward()
    {
        var before = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));
        Time.AdjustTime(Time.GetUtcNow().AddHours(-1));

        var after = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 2L)));

        Assert.Equal(before.CommitTime.AddMicroseconds(1), after.CommitTime);
        Assert.True((await Store.GetAsync([At("a")], Cancellation)).ReadTime >= after.CommitTime);
    }

    [Fact]
    public async Task Get_ClockMovedOn_HasTheClocksTime()
    {
        await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));
        Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(Time.GetUtcNow(), (await Store.GetAsync([At("a")], Cancellation)).ReadTime);
        Assert.Equal(Time.GetUtcNow(), (await Store.QueryAsync(new DocumentQuery(At("a").Collection, [], null, false, 1), Cancellation)).ReadTime);
    }

    [Fact]
    public async Task Set_ServerTimes_AreExactlyTheCommitsTime()
    {
        var committed = await CommitAsync(new DocumentWrite.Set(At("d"), DocumentPrecondition.None, Fields.Of(), null, ["at"]));

        Assert.Equal(committed.CommitTime, (await GetAsync(At("d"))).Fields!["at"]);
    }
}
