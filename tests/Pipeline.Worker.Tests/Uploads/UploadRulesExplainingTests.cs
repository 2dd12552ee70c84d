using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class UploadRulesExplainingTests
{
    private static readonly UploadRules Rules = UploadRules.Create(new WorkerOptions
    {
        Buckets = [new BucketOptions { Bucket = "b1", Results = "r1", DeadLetters = "d1" }, new BucketOptions { Bucket = "b2", Results = "r2", DeadLetters = "d2" }],
        Rules =
        [
            new RuleOptions { Match = "users/{uid}/photos/{photo}", Bucket = "b1", Types = ["image/png"] },
            new RuleOptions { Match = "users/{uid}/**", Model = "birds" },
            new RuleOptions { Match = "users/{id}/albums/**" },
        ],
    });

    [Fact]
    public void Explain_Name_SaysWhichRuleMatchesAndWhyTheOthersDoNot()
    {
        var explanation = Rules.Explain("b2", "users/ü 1/albums/x.png", "image/webp");

        Assert.Equal([false, true, true], explanation.Rules.Select(rule => rule.Matches));
        Assert.Equal("it speaks of the bucket 'b1'", explanation.Rules[0].Why);
        Assert.Equal(("users/{uid}/**", "birds", "ü 1", "r2"), (explanation.Target!.Rule, explanation.Target.Model, explanation.Target.Owner, explanation.Target.Result.Collection));
        Assert.Null(explanation.Problem);
    }

    [Theory]
    [InlineData("users/u1/albums/x", "segment 3 of the name is 'albums', where it wants 'photos'")]
    [InlineData("users/u1/photos", "the name ends where it wants a valid id for {photo}")]
    [InlineData("users/u1/photos/x/y", "it ends before 'y', segment 5 of the name")]
    [InlineData("users/../photos/x", "segment 2 of the name is '..', where it wants a valid id for {uid}")]
    [InlineData("users/u1/photos/", "the name ends with '/', as folders do")]
    [InlineData("", "that is no object's name")]
    public void Explain_NameThatDoesNotMatch_SaysWhereItParts(string name, string why) =>
        Assert.Equal(why, Rules.Explain("b1", name, null).Rules[0].Why);

    [Fact]
    public void Explain_WhateverDoesNotMatch_HasAReason()
    {
        string[] parts = ["a", "b", "*", "**"];
        string[] texts = ["a", "b", "c", ""];
        foreach (var pattern in Sequences(parts, 3).Select(static pattern => UploadPattern.Parse(string.Join('/', pattern), out _)!))
        {
            foreach (var name in Sequences(texts, 4).Select(static name => string.Join('/', name)).Where(name => pattern.Match(name) is null))
            {
                Assert.NotEmpty(pattern.WhyNot(name));
            }
        }
    }

    [Theory]
    [InlineData("b1", "users/u1/photos/x.gif", "image/gif", "TYPE_NOT_ALLOWED")]
    [InlineData("b1", "users/u1/photos/x", "application/octet-stream", null)]
    [InlineData("b1", "users/u1/photos/x", null, null)]
    [InlineData("b3", "users/u1/photos/x", null, "parked dead letters")]
    [InlineData("b3", "x", null, "'b3' is not configured")]
    [InlineData("b1", "x", null, null)]
    public void Explain_Problem_IsTold(string bucket, string name, string? type, string? problem)
    {
        var explanation = Rules.Explain(bucket, name, type);

        Assert.Equal(problem is null, explanation.Problem is null);
        Assert.Contains(problem ?? "", explanation.Problem ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void FindShadowed_RuleBehindAWiderOne_IsFoundWithIt() => Assert.Equal([new RuleShadow(2, 1)], Rules.FindShadowed());

    private static IEnumerable<string[]> Sequences(string[] items, int longest) =>
        Enumerable.Range(1, longest).SelectMany(length => Enumerable.Range(0, (int)Math.Pow(items.Length, length)).Select(
            number => Enumerable.Range(0, length).Select(place => items[number / (int)Math.Pow(items.Length, place) % items.Length]).ToArray()));
}
