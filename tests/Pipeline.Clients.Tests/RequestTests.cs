using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary>Owners who ask, with the Firebase web SDK, for an object to be classified again.</summary>
public sealed class RequestTests
{
    private readonly ClientsFixture _clients;

    public RequestTests(ClientsFixture clients)
    {
        _clients = clients;
    }

    [Fact]
    public async Task Request_OfTheOwner_ClassifiesAgainWithinHisQuotaAndOnlyForHim()
    {
        var firebase = await _clients.SharedAsync();

        var told = Assert.Single(await NodeScript.RunAsync(
            "request-again.mjs",
            firebase.Input(("user", "carol"), ("way", "web, simple"), ("name", "users/carol/photos/coffee.jpg"), ("quota", ClientsFixture.Quota))));

        new Snapshots(told.GetProperty("first")).AssertNeverBack();
        Assert.Equal(0, told.GetProperty("ofForeign").GetInt32());
        var again = new Snapshots(told.GetProperty("again"));
        Assert.InRange(again.Statuses.Count(status => status == "retrying"), 1, ClientsFixture.Quota);
        Assert.Equal(ClientsFixture.Quota, again.Statuses.Count(status => status == "classified"));
        Assert.Equal("classified", again.Statuses[^1]);
        Assert.Equal(new Snapshots(told.GetProperty("first")).Generations, again.Generations);

        // The label stays visible while it is classified again.
        Assert.All(told.GetProperty("again").EnumerateArray(), seen => Assert.Equal("espresso", seen.GetProperty("label").GetString()));
        Assert.Equal(["bucket", "createdAt", "name"], told.GetProperty("stored").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.All(told.GetProperty("refusals").EnumerateObject(), refusal => Assert.Equal("permission-denied", refusal.Value.GetString()));
        Assert.Equal(7, told.GetProperty("refusals").EnumerateObject().Count());
    }
}
