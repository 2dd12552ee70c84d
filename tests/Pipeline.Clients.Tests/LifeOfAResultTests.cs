using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary>What a listener sees of a result over its life.</summary>
public sealed class LifeOfAResultTests
{
    private const string Way = "web, simple";

    /// <summary>Just below the limit of 40 million pixels.</summary>
    private const int Side = 15;

    private readonly ClientsFixture _clients;

    public LifeOfAResultTests(ClientsFixture clients)
    {
        _clients = clients;
    }

    [Fact]
    public async Task Upload_ThatTakesLong_IsSeenAsProcessingFirst()
    {
        var firebase = await _clients.SharedAsync();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, Enlarged.Png("chelsea_face.png", Side, CompressionLevel.Fastest), TestContext.Current.CancellationToken);

            var told = await RunAsync(firebase, "replace.mjs", "slow", ("waits", true), ("pictures", new[] { new { file, contentType = "image/png" } }));

            var seen = new Snapshots(told.GetProperty("seen"));
            seen.AssertNeverBack();
            Assert.Equal(["missing", "processing", "classified"], seen.Course);
            Assert.Equal("Egyptian cat", seen.Last.GetProperty("label").GetString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_UnderANameThatWasUsed_EndsAtTheLastLabelAndNeverShowsAnOlderOneAgain(bool waits)
    {
        var firebase = await _clients.SharedAsync();
        (string File, string Label)[] pictures = [("coffee.jpg", "espresso"), ("flower_close.jpg", "daisy"), ("camera.jpg", "tripod")];

        var told = await RunAsync(
            firebase,
            "replace.mjs",
            $"replaced-{waits}",
            ("waits", waits),
            ("pictures", pictures.Select(picture => new { file = Path.Combine(Programs.Samples, picture.File), contentType = "image/jpeg" })));

        var seen = new Snapshots(told.GetProperty("seen"));
        seen.AssertNeverBack();
        var generations = told.GetProperty("generations").EnumerateArray().Select(generation => generation.GetInt64()).ToArray();
        Assert.Subset(generations.ToHashSet(), seen.Generations.ToHashSet());
        Assert.All(generations.Zip(pictures), pair => Assert.All(seen.Labels(pair.First), label => Assert.Equal(pair.Second.Label, label)));
        Assert.Equal(("classified", "tripod"), (seen.Statuses[^1], seen.Last.GetProperty("label").GetString()));
        if (waits)
        {
            Assert.Equal(generations, seen.Generations);
        }
    }

    [Fact]
    public async Task Upload_OfNoPictureThenAPictureThenDeleted_IsSeenAsFailedClassifiedAndDeleted()
    {
        var firebase = await _clients.SharedAsync();

        var told = await RunAsync(firebase, "broken-then-deleted.mjs", "broken", ("broken", Convert.ToBase64String(Encoding.UTF8.GetBytes("This is no picture."))));

        var seen = new Snapshots(told.GetProperty("seen"));
        seen.AssertNeverBack();
        Assert.Equal(["missing", "failed", "classified", "deleted"], WithoutProcessing(seen));
        var failed = told.GetProperty("seen").EnumerateArray().Single(each => each.TryGetProperty("status", out var status) && status.GetString() == "failed");
        Assert.Equal("NOT_AN_IMAGE", failed.GetProperty("error").GetProperty("code").GetString());
        Assert.False(failed.GetProperty("error").GetProperty("retryable").GetBoolean());
        Assert.False(failed.TryGetProperty("label", out _));
        Assert.False(seen.Last.TryGetProperty("label", out _));
    }

    [Fact]
    public async Task Fault_ThatPasses_IsSeenAsRetryingWithItsErrorAndThenTheLabel()
    {
        var firebase = await _clients.SharedAsync();

        var told = await RunAsync(firebase, "damaged-and-repaired.mjs", "damaged.jpg");

        Assert.True(told.GetProperty("error").GetProperty("retryable").GetBoolean());
        var seen = new Snapshots(told.GetProperty("seen"));
        Assert.Equal(["missing", "classified", "retrying", "classified"], WithoutProcessing(seen));
        Assert.Equal("espresso", seen.Last.GetProperty("label").GetString());
        Assert.False(seen.Last.TryGetProperty("error", out _));
        Assert.Single(seen.Generations);
    }

    /// <summary>Whether it is seen is a matter of time.</summary>
    private static IEnumerable<string> WithoutProcessing(Snapshots seen)
    {
        string[] statuses = [.. seen.Statuses.Where(status => status != "processing")];
        return statuses.Where((status, index) => index == 0 || status != statuses[index - 1]);
    }

    private static async Task<JsonElement> RunAsync(LocalFirebase firebase, string script, string name, params (string Name, object Value)[] others) => Assert.Single(
        await NodeScript.RunAsync(script, firebase.Input([("user", "bob"), ("way", Way), ("name", $"users/bob/life/{name}"), .. others])));
}
