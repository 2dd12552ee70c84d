using Pipeline.Worker.Documents;
using Xunit;

namespace Pipeline.Testing.Documents;

public abstract partial class DocumentStoreCompliance
{
    public static TheoryData<DocumentValue> EveryValue => new(
        (DocumentValue[])[
            DocumentValue.Null,
            true,
            false,
            0L,
            long.MaxValue,
            long.MinValue,
            9007199254740993L,
            0.1,
            -0.0,
            5.0,
            double.MaxValue,
            double.Epsilon,
            double.NaN,
            double.PositiveInfinity,
            double.NegativeInfinity,
            "",
            "text with \"quotes\", \\ and \r\n\t\0",
            "grün 花 \U0001F33B",
            new DateTimeOffset(2026, 11, 25, 1, 2, 3, TimeSpan.Zero).AddMicroseconds(123456),
            DateTimeOffset.UnixEpoch.AddYears(-10).AddMicroseconds(1),
            new DocumentValue.BytesValue([]),
            new DocumentValue.BytesValue([0, 1, 254, 255]),
            new DocumentValue.GeoPointValue(51.477928, -0.001545),
            new DocumentValue.GeoPointValue(0, 0),
            new DocumentValue.GeoPointValue(-90, 180),
            Fields.Array(),
            Fields.Array("a", 1L, 2.5, DocumentValue.Null, Fields.Map(("in", Fields.Array(true)))),
            Fields.Map(),
            Fields.Map(("a.b", 1L), ("ключ", Fields.Map(("`", "x")))),
        ]);

    [Theory]
    [MemberData(nameof(EveryValue), DisableDiscoveryEnumeration = true)]
    public async Task Set_AnyValue_ReadsBackEqual(DocumentValue value)
    {
        await CommitAsync(Replace(At("d"), DocumentPrecondition.None, ("value", value)));

        Assert.Equal(value, (await GetAsync(At("d"))).Fields!["value"]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("users%2Fu%201%2Fa.jpg")]
    [InlineData("%2E%2E")]
    [InlineData("sha256:00ff")]
    [InlineData("grün 花 \U0001F33B")]
    [InlineData("a'b\"c`d\\e;--")]
    [InlineData("%5F_a__")]
    public async Task Set_AnyId_IsKeptAsItIs(string id)
    {
        await CommitAsync(Replace(At(id), DocumentPrecondition.MustNotExist, ("a", 1L)));

        Assert.True((await GetAsync(At(id))).Exists);
        var found = await Store.QueryAsync(new DocumentQuery(_collection, [], null, false, 10), Cancellation);
        Assert.Equal(id, Assert.Single(found.Documents).Path.Id);
    }

    [Fact]
    public async Task Set_IdsThatDifferByCaseOrNormalisation_AreDifferentDocuments()
    {
        string[] ids = ["a", "A", "\u00E9", "e\u0301"];
        foreach (var id in ids)
        {
            await CommitAsync(Replace(At(id), DocumentPrecondition.MustNotExist, ("id", id)));
        }

        var found = await Store.GetAsync([.. ids.Select(At)], Cancellation);
        Assert.Equal(ids, found.Documents.Select(static document => ((DocumentValue.StringValue)document.Fields!["id"]).Value));
    }

    [Fact]
    public async Task Set_IdOf1500Bytes_IsAccepted()
    {
        var id = new string('a', DocumentRequests.MaxIdBytes);

        await CommitAsync(Replace(At(id), DocumentPrecondition.None, ("a", 1L)));

        Assert.True((await GetAsync(At(id))).Exists);
    }

    [Fact]
    public async Task Set_InASubcollection_IsNotInTheCollectionAbove()
    {
        var inner = new DocumentPath($"{_collection}/u1/photos", "p1");

        await CommitAsync(Replace(inner, DocumentPrecondition.None, ("a", 1L)));

        Assert.True((await GetAsync(inner)).Exists);
        Assert.False((await GetAsync(At("u1"))).Exists);
        Assert.Empty((await Store.QueryAsync(new DocumentQuery(_collection, [], null, false, 10), Cancellation)).Documents);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("____")]
    [InlineData("__a__")]
    [InlineData("a/b")]
    public async Task Requests_IdThatCannotBe_AreInvalid(string id)
    {
        await AssertInvalidAsync(() => Store.GetAsync([At(id)], Cancellation));
        await AssertInvalidAsync(() => Store.CommitAsync([Replace(At(id), DocumentPrecondition.None)], Cancellation));
    }

    [Fact]
    public async Task Requests_IdOver1500Bytes_AreInvalid()
    {
        var id = new string('\u00E9', 751);

        await AssertInvalidAsync(() => Store.GetAsync([At(id)], Cancellation));
    }

    [Fact]
    public async Task Requests_LoneSurrogates_AreInvalid()
    {
        await AssertInvalidAsync(() => Store.GetAsync([At("a\uD800")], Cancellation));
        await AssertInvalidAsync(() => Store.CommitAsync([Replace(At("a"), DocumentPrecondition.None, ("s", "\uDC00b"))], Cancellation));
        await AssertInvalidAsync(() => Store.CommitAsync([Replace(At("a"), DocumentPrecondition.None, ("\uDC00", "b"))], Cancellation));
    }

    [Fact]
    public async Task Requests_NothingOrTheSameTwice_AreInvalid()
    {
        await AssertInvalidAsync(() => Store.GetAsync([], Cancellation));
        await AssertInvalidAsync(() => Store.CommitAsync([], Cancellation));
        await AssertInvalidAsync(() => Store.GetAsync([At("a"), At("a")], Cancellation));
        await AssertInvalidAsync(() => Store.CommitAsync(
            [Replace(At("a"), DocumentPrecondition.None), Remove(At("a"))], Cancellation));
    }

    [Fact]
    public async Task Commit_ArrayInAnArray_IsInvalid() => await AssertInvalidAsync(() => Store.CommitAsync(
        [Replace(At("a"), DocumentPrecondition.None, ("a", Fields.Array(Fields.Array())))], Cancellation));

    [Fact]
    public async Task Commit_MaskWithAPathAndWhatContainsIt_IsInvalid() => await AssertInvalidAsync(() => Store.CommitAsync(
        [Merge(At("a"), ["m.x", "m"], ("m", Fields.Map()))], Cancellation));
}
