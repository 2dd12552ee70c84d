using Pipeline.Embedded.Page.Following;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Page.Following;

public sealed class ChangeJournalTests
{
    private const long First = 100;

    private readonly ChangeJournal _journal = new(capacity: 4, First);

    [Theory]
    [InlineData(100, 10, "101 102 103")]
    [InlineData(101, 10, "102 103")]
    [InlineData(100, 2, "101 102")]
    [InlineData(103, 10, "")]
    [InlineData(104, 10, "")]
    [InlineData(99, 10, "")]
    [InlineData(0, 10, "")]
    [InlineData(long.MaxValue, 10, "")]
    public void Read_AfterAChange_GivesWhatCameBehindItWithoutAGap(long after, int limit, string expected)
    {
        Add(3);

        Assert.Equal(expected, Text(after, limit));
        Assert.Equal(103, _journal.Newest);
    }

    [Fact]
    public void Read_MoreThanItsCapacity_ReachesBackAsFarAsItHolds()
    {
        Add(9);

        Assert.Equal("106 107 108 109", Text(105, 10));
        Assert.Equal(string.Empty, Text(104, 10));
    }

    [Fact]
    public void Restart_ReachesBackToNothingAndUsesNoSequenceAgain()
    {
        Add(2);

        Assert.Equal(103, _journal.Restart());
        Assert.All(Enumerable.Range(99, 6), after => Assert.Equal(string.Empty, Text(after, 10)));
        Add(1);
        Assert.Equal("104", Text(103, 10));
        Assert.Equal(string.Empty, Text(102, 10));
    }

    private void Add(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _journal.Add(new DocumentPath("results", "a"), new DocumentSnapshot(new DocumentPath("results", "a"), Documents.Fields(), default, default));
        }
    }

    private string Text(long after, int limit) => string.Join(' ', _journal.Read(after, limit).Select(change => change.Sequence));
}
