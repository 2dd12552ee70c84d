using System.Collections.Immutable;
using Pipeline.Worker.Documents;
using Xunit;

namespace Pipeline.Testing.Documents;

public abstract partial class DocumentStoreCompliance
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Query_WithoutOrder_IsByIdInUtf8Order()
    {
        // UTF-16 would order the emoji (a surrogate pair) before U+FF5E.
        await FillAsync(("\uFF5E", Fields.Of()), ("\U0001F33B", Fields.Of()), ("a", Fields.Of()), ("B", Fields.Of()));

        Assert.Equal(["B", "a", "\uFF5E", "\U0001F33B"], await IdsAsync(new DocumentQuery(_collection, [], null, false, 10)));
    }

    [Fact]
    public virtual async Task Query_WithoutOrderDescending_IsByIdBackwards()
    {
        await FillAsync(("\uFF5E", Fields.Of()), ("\U0001F33B", Fields.Of()), ("a", Fields.Of()));

        Assert.Equal(["\U0001F33B", "\uFF5E"], await IdsAsync(new DocumentQuery(_collection, [], null, true, 2)));
    }

    [Fact]
    public async Task Query_Ordered_LeavesOutDocumentsWithoutTheField()
    {
        await FillAsync(("a", Fields.Of(("n", 2L))), ("b", Fields.Of(("other", 1L))), ("c", Fields.Of(("n", 1L))));

        Assert.Equal(["c", "a"], await IdsAsync(new DocumentQuery(_collection, [], "n", false, 10)));
    }

    [Fact]
    public async Task Query_Ties_AreOrderedByIdInTheQuerysDirection()
    {
        await FillAsync(("b", Fields.Of(("n", 1L))), ("a", Fields.Of(("n", 1L))), ("c", Fields.Of(("n", 0L))));

        Assert.Equal(["c", "a", "b"], await IdsAsync(new DocumentQuery(_collection, [], "n", false, 10)));
        Assert.Equal(["b", "a", "c"], await IdsAsync(new DocumentQuery(_collection, [], "n", true, 10)));
    }

    [Theory]
    [InlineData(DocumentFilterOperator.Equal, "b")]
    [InlineData(DocumentFilterOperator.LessThan, "a")]
    [InlineData(DocumentFilterOperator.LessThanOrEqual, "a,b")]
    [InlineData(DocumentFilterOperator.GreaterThan, "c")]
    [InlineData(DocumentFilterOperator.GreaterThanOrEqual, "b,c")]
    public async Task Query_Filter_ComparesNumbersTimesAndTexts(DocumentFilterOperator comparison, string expected)
    {
        await FillAsync(
            ("a", Fields.Of(("n", -1L), ("t", Noon.AddMicroseconds(-1)), ("s", "a"))),
            ("b", Fields.Of(("n", 5L), ("t", Noon), ("s", "b"))),
            ("c", Fields.Of(("n", 10L), ("t", Noon.AddMicroseconds(1)), ("s", "b\u0001"))),
            ("none", Fields.Of()),
            ("other", Fields.Of(("n", "5"), ("t", true), ("s", DocumentValue.Null))));

        foreach (var (field, value) in new (string, DocumentValue)[] { ("n", 5L), ("t", Noon), ("s", "b") })
        {
            var query = new DocumentQuery(_collection, [new DocumentFilter(field, comparison, value)], field, false, 10);
            Assert.Equal(expected.Split(','), await IdsAsync(query));
        }
    }

    [Fact]
    public async Task Query_IntegersAndDoubles_AreOneOrder()
    {
        await FillAsync(("a", Fields.Of(("n", 2L))), ("b", Fields.Of(("n", 1.5))), ("c", Fields.Of(("n", 2.5))));

        Assert.Equal(["b", "a", "c"], await IdsAsync(new DocumentQuery(_collection, [], "n", false, 10)));
        Assert.Equal(["b", "a"], await IdsAsync(new DocumentQuery(
            _collection, [new DocumentFilter("n", DocumentFilterOperator.LessThan, 2.25)], "n", false, 10)));
    }

    [Fact]
    public async Task Query_SeveralFiltersOnNestedFields_MustAllHold()
    {
        await FillAsync(
            ("a", Fields.Of(("state", "due"), ("lease", Fields.Map(("at", Noon))))),
            ("b", Fields.Of(("state", "parked"), ("lease", Fields.Map(("at", Noon))))),
            ("c", Fields.Of(("state", "due"), ("lease", Fields.Map(("at", Noon.AddSeconds(1)))))),
            ("d", Fields.Of(("state", "due"), ("lease", "text"))));

        var query = new DocumentQuery(
            _collection,
            [
                new DocumentFilter("state", DocumentFilterOperator.Equal, "due"),
                new DocumentFilter("lease.at", DocumentFilterOperator.LessThanOrEqual, Noon),
            ],
            "lease.at",
            false,
            10);

        Assert.Equal(["a"], await IdsAsync(query));
    }

    [Fact]
    public async Task Query_Pages_FindEachDocumentOnce()
    {
        var ids = Enumerable.Range(0, 25).Select(static index => $"d{index:00}").ToArray();
        await FillAsync([.. ids.Select((id, index) => (id, Fields.Of(("n", (long)(index / 4)))))]);
        foreach (var descending in new[] { false, true })
        {
            var found = new List<string>();
            DocumentSnapshot? last = null;
            do
            {
                var page = await Store.QueryAsync(new DocumentQuery(_collection, [], "n", descending, 7, last), Cancellation);
                found.AddRange(page.Documents.Select(static document => document.Path.Id));
                last = page.Documents.LastOrDefault();
            }
            while (last is not null);

            Assert.Equal(descending ? ids.Reverse() : ids, found);
        }
    }

    [Fact]
    public async Task Query_StartAfterADocumentThatIsGone_GoesOn()
    {
        await FillAsync(("a", Fields.Of(("n", 1L))), ("b", Fields.Of(("n", 1L))), ("c", Fields.Of(("n", 2L))));
        var first = Assert.Single((await Store.QueryAsync(new DocumentQuery(_collection, [], "n", false, 1), Cancellation)).Documents);
        await CommitAsync(Remove(first.Path));

        Assert.Equal(["b", "c"], await IdsAsync(new DocumentQuery(_collection, [], "n", false, 10, first)));
    }

    [Fact]
    public async Task Query_Found_CarryVersionsForPreconditions()
    {
        await FillAsync(("a", Fields.Of(("n", 1L))));
        var found = Assert.Single((await Store.QueryAsync(new DocumentQuery(_collection, [], null, false, 1), Cancellation)).Documents);

        Assert.Equal(await GetAsync(At("a")), found, static (left, right) =>
            left.Path == right.Path && left.UpdateTime == right.UpdateTime && left.CreateTime == right.CreateTime && left.Fields!.SequenceEqual(right.Fields!));
        await CommitAsync(Replace(At("a"), DocumentPrecondition.LastUpdated(found.UpdateTime), ("n", 2L)));
    }

    [Fact]
    public async Task Query_AfterACommit_IsNotReadBeforeIt()
    {
        var committed = await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));

        Assert.True((await Store.QueryAsync(new DocumentQuery(_collection, [], null, false, 1), Cancellation)).ReadTime >= committed.CommitTime);
    }

    [Fact]
    public async Task Query_ThatCannotBe_IsInvalid()
    {
        var good = new DocumentQuery(_collection, [], null, false, 10);
        await AssertInvalidAsync(() => Store.QueryAsync(good with { Limit = 0 }, Cancellation));
        await AssertInvalidAsync(() => Store.QueryAsync(good with { Limit = DocumentRequests.MaxLimit + 1 }, Cancellation));
        await AssertInvalidAsync(() => Store.QueryAsync(good with { Collection = "a/b" }, Cancellation));
        await AssertInvalidAsync(() => Store.QueryAsync(good with { OrderBy = "a..b" }, Cancellation));
        await AssertInvalidAsync(() => Store.QueryAsync(
            good with { Filters = [new DocumentFilter("n", DocumentFilterOperator.LessThan, 1L)], OrderBy = "m" }, Cancellation));
    }

    private Task<CommitOutcome.Committed> FillAsync(params (string Id, ImmutableSortedDictionary<string, DocumentValue> Fields)[] documents) => CommitAsync(
        [.. documents.Select(document => new DocumentWrite.Set(At(document.Id), DocumentPrecondition.None, document.Fields, null, []))]);

    private async Task<IEnumerable<string>> IdsAsync(DocumentQuery query) =>
        (await Store.QueryAsync(query, Cancellation)).Documents.Select(static document => document.Path.Id);
}
