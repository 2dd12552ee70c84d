using System.Text;
using System.Text.Json;
using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary>Every name that an object may have, from its upload to its result in the Firebase web SDK.</summary>
public sealed class NameTests
{
    private const int LongestName = 1024;

    private readonly ClientsFixture _clients;

    public NameTests(ClientsFixture clients)
    {
        _clients = clients;
    }

    [Theory]
    [InlineData("media", false)]
    [InlineData("server, option, simple", false)]
    [InlineData("server, environment, resumable", false)]
    [InlineData("web, simple", false)]
    [InlineData("web, resumable", true)]
    public async Task Upload_UnderEveryKindOfName_IsFoundByTheIdThatAnAppComputes(string way, bool eachCharacter)
    {
        var folder = $"users/dave/{way}/";
        var names = Names(folder).Concat(eachCharacter ? Characters().Select(character => $"{folder}{character}") : []).Distinct().ToArray();

        var told = await RunAsync(way, "dave", names);

        Assert.Equal(names.Order(StringComparer.Ordinal), told.Select(each => each.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(told, each =>
        {
            Assert.False(each.TryGetProperty("refused", out _), each.ToString());
            Assert.Equal("classified", each.GetProperty("status").GetString());
            Assert.Equal(each.GetProperty("name").GetString(), each.GetProperty("stored").GetString());
            Assert.True(each.GetProperty("generation").GetBoolean(), each.ToString());
        });
    }

    [Fact]
    public async Task Upload_UnderANameThatNobodyOwns_HasItsResultAtTheIdOfTheExceptions()
    {
        var firebase = await _clients.SharedAsync();
        (string Name, string Id)[] names =
        [
            (".", "%2E"), ("..", "%2E%2E"), ("__x__", "%5F_x__"), ("____", "%5F___"), ("__x", "__x"), ("_", "_"), ("...", "..."), ("a/../b", "a%2F..%2Fb"), (" ", "%20"), ("%2E", "%252E"),
            ("😀", "%F0%9F%98%80"),
        ];

        var told = await NodeScript.RunAsync(
            "outside-names.mjs", firebase.Input(("way", "server, option, simple"), ("names", names.Select(each => new { name = each.Name, id = each.Id }))));

        Assert.Equal(names.Select(each => each.Name), told.Select(each => each.GetProperty("stored").GetString()));
        Assert.All(told, each => Assert.False(each.GetProperty("owned").GetBoolean()));
    }

    private static IEnumerable<string> Names(string folder)
    {
        yield return folder + string.Concat(Characters());
        yield return folder + "😀 👩‍👩‍👧 日本語 é e\u0301";
        yield return folder + "a/../b";
        yield return folder + "..";
        yield return folder + "../..";
        yield return folder + ".";
        yield return folder + "./a";
        yield return folder + "%2F";
        yield return folder + "%252F";
        yield return folder + "%";
        yield return folder + "%zz";
        yield return folder + " leading and trailing ";
        yield return folder + "#?[]";
        yield return folder + "__x__";
        yield return folder + "a?alt=media&token=b";
        yield return folder + "\u00A0\u2028";

        // Ids of these are digests: each byte that is not ASCII takes three characters.
        yield return folder + new string('é', (LongestName - Encoding.UTF8.GetByteCount(folder)) / 2);
        yield return folder + new string('x', LongestName - folder.Length);
    }

    private static IEnumerable<string> Characters() => Enumerable.Range(' ', '~' - ' ' + 1).Where(code => code != '/').Select(code => $"{(char)code}");

    private async Task<IReadOnlyList<JsonElement>> RunAsync(string way, string user, string[] names)
    {
        var firebase = await _clients.SharedAsync();
        return await NodeScript.RunAsync("names.mjs", firebase.Input(("user", user), ("way", way), ("names", names)));
    }
}
