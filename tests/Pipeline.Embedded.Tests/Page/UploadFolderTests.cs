using Pipeline.Embedded.Page;
using Pipeline.Worker;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Tests.Page;

public sealed class UploadFolderTests
{
    [Theory]
    [InlineData("photos/", "**")]
    [InlineData("users/local/photos/", "users/{uid}/photos/{photo}")]
    [InlineData("in/any/", "in/any/**")]
    [InlineData("a/local/b/", "x/y.png", "a/*/b/*")]
    [InlineData("", "{file}")]
    [InlineData(null, "users/{uid}/avatar.png")]
    public void Find_Rules_GivesAFolderThatOneTakes(string? expected, params string[] patterns)
    {
        RuleOptions[] rules = [.. patterns.Select(pattern => new RuleOptions { Match = pattern })];
        var options = new WorkerOptions { Buckets = [new BucketOptions { Bucket = "photos" }], Rules = rules };

        Assert.Equal(expected, UploadFolder.Find(UploadRules.Create(options), rules, "photos"));
    }

    [Fact]
    public void Find_RuleOfAnotherBucket_IsPassedOver()
    {
        RuleOptions[] rules = [new RuleOptions { Bucket = "films", Match = "a/*" }, new RuleOptions { Bucket = "photos", Match = "b/*" }];
        var options = new WorkerOptions
        {
            Buckets = [new BucketOptions { Bucket = "photos", Results = "r1", DeadLetters = "d1" }, new BucketOptions { Bucket = "films", Results = "r2", DeadLetters = "d2" }],
            Rules = rules,
        };

        Assert.Equal("b/", UploadFolder.Find(UploadRules.Create(options), rules, "photos"));
    }
}
