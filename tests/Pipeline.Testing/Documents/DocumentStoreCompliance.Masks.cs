using Pipeline.Worker.Documents;
using Xunit;

namespace Pipeline.Testing.Documents;

public abstract partial class DocumentStoreCompliance
{
    [Fact]
    public async Task Set_WithoutAMask_ReplacesTheDocument() => Assert.Equal(
        Fields.Of(("b", 2L)),
        await AfterAsync(Fields.Of(("a", 1L), ("b", 1L)), Replace(At("d"), DocumentPrecondition.None, ("b", 2L))));

    [Fact]
    public async Task Set_Masked_ChangesOnlyWhatTheMaskNames() => Assert.Equal(
        Fields.Of(("a", 1L), ("b", 2L)),
        await AfterAsync(Fields.Of(("a", 1L), ("b", 1L)), Merge(At("d"), ["b"], ("b", 2L), ("c", 3L))));

    [Fact]
    public async Task Set_MaskedWithoutAValue_DeletesTheField() => Assert.Equal(
        Fields.Of(("a", 1L)),
        await AfterAsync(Fields.Of(("a", 1L), ("b", 1L)), Merge(At("d"), ["b", "never"])));

    [Fact]
    public async Task Set_MaskedMap_ReplacesTheMapWhole() => Assert.Equal(
        Fields.Of(("m", Fields.Map(("y", 2L)))),
        await AfterAsync(Fields.Of(("m", Fields.Map(("x", 1L)))), Merge(At("d"), ["m"], ("m", Fields.Map(("y", 2L))))));

    [Fact]
    public async Task Set_NestedPath_ChangesOnlyThatMember() => Assert.Equal(
        Fields.Of(("m", Fields.Map(("x", 1L), ("y", 2L)))),
        await AfterAsync(Fields.Of(("m", Fields.Map(("x", 1L)))), Merge(At("d"), ["m.y"], ("m", Fields.Map(("x", 9L), ("y", 2L))))));

    [Fact]
    public async Task Set_NestedPathWithoutAValue_DeletesTheMemberAndKeepsTheMap() => Assert.Equal(
        Fields.Of(("m", Fields.Map())),
        await AfterAsync(Fields.Of(("m", Fields.Map(("x", 1L)))), Merge(At("d"), ["m.x", "other.x"])));

    [Fact]
    public async Task Set_NestedPathThroughAValueThatIsNoMap_MakesAMap() => Assert.Equal(
        Fields.Of(("m", Fields.Map(("x", Fields.Map(("y", 2L)))))),
        await AfterAsync(Fields.Of(("m", "text")), Merge(At("d"), ["m.x.y"], ("m", Fields.Map(("x", Fields.Map(("y", 2L))))))));

    [Fact]
    public async Task Set_BackQuotedPath_NamesOneSegment() => Assert.Equal(
        Fields.Of(("a.b", 2L), ("a", Fields.Map(("b", 1L), ("c`d\\e", 4L), ("0", 5L)))),
        await AfterAsync(
            Fields.Of(("a.b", 1L), ("a", Fields.Map(("b", 1L)))),
            Merge(
                At("d"),
                ["`a.b`", @"a.`c\`d\\e`", "a.`0`"],
                ("a.b", 2L),
                ("a", Fields.Map(("c`d\\e", 4L), ("0", 5L))))));

    [Fact]
    public async Task Set_MaskedOnANewDocument_MakesItOfTheMaskedFields()
    {
        await CommitAsync(Merge(At("new"), ["a"], ("a", 1L), ("b", 2L)));

        Assert.Equal(Fields.Of(("a", 1L)), (await GetAsync(At("new"))).Fields);
    }

    [Fact]
    public async Task Set_ServerTimes_AreTheCommitsTime()
    {
        var committed = await CommitAsync(new DocumentWrite.Set(
            At("d"), DocumentPrecondition.None, Fields.Of(("lease", Fields.Map(("seconds", 60L)))), null, ["updatedAt", "lease.at"]));

        var fields = (await GetAsync(At("d"))).Fields!;
        var time = Assert.IsType<DocumentValue.TimestampValue>(fields["updatedAt"]).Value;
        Assert.True((committed.CommitTime - time).Duration() < TimeSpan.FromSeconds(1), $"{time:O} was committed at {committed.CommitTime:O}.");
        Assert.Equal(Fields.Map(("seconds", 60L), ("at", time)), fields["lease"]);
    }

    [Fact]
    public async Task Set_ServerTimeOutsideTheMask_IsSet()
    {
        await CommitAsync(Replace(At("d"), DocumentPrecondition.None, ("a", 1L), ("b", 1L)));
        await CommitAsync(new DocumentWrite.Set(At("d"), DocumentPrecondition.None, Fields.Of(("a", 2L)), ["a"], ["m.at"]));

        var fields = (await GetAsync(At("d"))).Fields!;
        Assert.Equal(["a", "b", "m"], fields.Keys);
        Assert.IsType<DocumentValue.TimestampValue>(DocumentFields.Find(fields, "m.at"));
    }

    [Fact]
    public async Task Set_OnlyAServerTime_ChangesTheDocument()
    {
        var first = await CommitAsync(Replace(At("d"), DocumentPrecondition.None, ("a", 1L)));
        var second = await CommitAsync(new DocumentWrite.Set(At("d"), DocumentPrecondition.None, Fields.Of(("a", 1L)), ["a"], ["at"]));

        Assert.True(second.UpdateTimes[0] > first.UpdateTimes[0]);
    }
}
