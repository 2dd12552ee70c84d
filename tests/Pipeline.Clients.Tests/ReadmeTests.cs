using System.Text.Json;
using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary>What the README shows to the developers of apps, run as it stands there.</summary>
public sealed class ReadmeTests
{
    private readonly ClientsFixture _clients;

    public ReadmeTests(ClientsFixture clients)
    {
        _clients = clients;
    }

    [Fact]
    public void Snippets_AreThoseThatTheseTestsRun() => Assert.Equal(
        ["classify-again.js", "classify-now.js", "connect.js", "listen-then-upload.js", "my-results.js", "result-id.js"],
        ReadmeSnippets.Read().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Snippets_Run_DoWhatTheReadmeSays()
    {
        var firebase = await _clients.SharedAsync();

        var told = (await NodeScript.RunAsync("readme.mjs", firebase.Input()))
            .ToDictionary(each => each.GetProperty("what").GetString()!);

        ShownTexts.AssertInOrder(Texts(told["picture"].GetProperty("shown")), "espresso");
        ShownTexts.AssertInOrder(Texts(told["no picture"].GetProperty("shown")), "not possible: NOT_AN_IMAGE");
        Assert.Equal(["failed", "classified"], Texts(told["list"].GetProperty("statuses")));
        Assert.Equal("espresso", told["again"].GetProperty("label").GetString());
        Assert.Equal("espresso", told["now"].GetProperty("result").GetProperty("label").GetString());
        Assert.Equal("functions/invalid-argument", told["now, no picture"].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("NOT_AN_IMAGE", told["now, no picture"].GetProperty("error").GetProperty("details").GetProperty("code").GetString());

        static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(each => each.GetString()!);
    }
}
