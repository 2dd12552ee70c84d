using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class UploadRulesTests
{
    [Fact]
    public void Match_SeveralRules_TheFirstWins()
    {
        var rules = Create(
            new RuleOptions { Match = "users/{uid}/avatar", Model = "faces" },
            new RuleOptions { Match = "users/**", Model = "things" },
            new RuleOptions { Match = "**" });

        Assert.Equal("faces", rules.Match("photos", "users/u1/avatar")!.Model);
        Assert.Equal("things", rules.Match("photos", "users/u1/other")!.Model);
        Assert.Null(rules.Match("photos", "x")!.Model);
        Assert.Equal([.. new[] { "faces", "things", null }], rules.Models);
    }

    [Fact]
    public void Match_CaptureThatIsNoId_FallsToTheNextRule()
    {
        var rules = Create(new RuleOptions { Match = "{uid}/x", Model = "first" }, new RuleOptions { Match = "**", Model = "second" });

        Assert.Equal("second", rules.Match("photos", "../x")!.Model);
    }

    [Fact]
    public void Match_Target_NamesDocumentsOwnerAndAppDocument()
    {
        var rules = Create(new RuleOptions
        {
            Match = "users/{uid}/photos/{photo}",
            Document = "users/{uid}/photos/{photo}",
            Field = "ai.`the label`",
            Create = true,
        });

        var target = rules.Match("photos", "users/u 1/photos/ä.png")!;

        Assert.Equal("classifications/users%2Fu%201%2Fphotos%2F%C3%A4.png", target.Result.ToString());
        Assert.Equal("deadLetters/users%2Fu%201%2Fphotos%2F%C3%A4.png", target.Letter.ToString());
        Assert.Equal("u 1", target.Owner);
        Assert.Equal("users/{uid}/photos/{photo}", target.Rule);
        Assert.Equal("users/u 1/photos/ä.png", target.AppDocument!.Path.ToString());
        Assert.Equal(("ai.`the label`", true), (target.AppDocument.Field, target.AppDocument.Create));
    }

    [Fact]
    public void Match_PatternWithoutUid_HasNoOwner() => Assert.Null(Create(new RuleOptions { Match = "{user}/x" }).Match("photos", "u/x")!.Owner);

    [Fact]
    public void Match_OtherBucket_IsNull()
    {
        var rules = Create(new RuleOptions { Match = "**" });

        Assert.Null(rules.Match("other", "x"));
        Assert.False(rules.IsConfigured("other"));
        Assert.True(rules.WouldMatch("other", "x"));
    }

    [Fact]
    public void Match_TwoBuckets_EachHasItsCollectionsAndRules()
    {
        var rules = UploadRules.Create(WorkerFixture.DefaultOptions with
        {
            Buckets =
            [
                new BucketOptions { Bucket = "a", Results = "ra", DeadLetters = "da" },
                new BucketOptions { Bucket = "b", Results = "rb", DeadLetters = "db" },
            ],
            Rules = [new RuleOptions { Bucket = "b", Match = "x", Model = "only-b" }, new RuleOptions { Match = "x", Model = "any" }],
        });

        Assert.Equal(("any", "ra", "da"), Parts(rules.Match("a", "x")!));
        Assert.Equal(("only-b", "rb", "db"), Parts(rules.Match("b", "x")!));

        static (string?, string, string) Parts(UploadTarget target) => (target.Model, target.Result.Collection, target.Letter.Collection);
    }

    [Fact]
    public void Create_InvalidOptions_ThrowsWithAllErrors()
    {
        var exception = Assert.Throws<ArgumentException>(() => UploadRules.Create(new WorkerOptions()));

        Assert.Contains("Buckets:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Rules:", exception.Message, StringComparison.Ordinal);
    }

    private static UploadRules Create(params RuleOptions[] rules) => UploadRules.Create(WorkerFixture.DefaultOptions with { Rules = rules });
}
