using Pipeline.Clients.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Clients.Tests;

/// <summary>An app's page with the Firebase web SDK in a real browser.</summary>
public sealed class BrowserTests
{
    private readonly ClientsFixture _clients;

    public BrowserTests(ClientsFixture clients)
    {
        _clients = clients;
    }

    [Fact]
    public async Task Page_OfAnApp_SeesTheLabelOfItsUploadAndNobodyElseDoes()
    {
        var firebase = await _clients.SharedAsync();
        await using var server = await AppServer.StartAsync(firebase);
        await using var browser = await AppBrowser.StartAsync();
        var faults = new List<string>();

        var erin = await browser.OpenAsync(new Uri(server.Address, "?user=erin"), faults);
        await erin.Locator("#file").SetInputFilesAsync(Path.Combine(Programs.Samples, "coffee.jpg"));
        await Expect(erin.Locator("#shown")).ToHaveTextAsync("espresso");
        ShownTexts.AssertInOrder(await erin.Locator("#log li").AllTextContentsAsync(), "espresso");
        var list = await browser.OpenAsync(new Uri(server.Address, "?user=erin&list"), faults);
        await Expect(list.Locator("#mine li")).ToContainTextAsync(["espresso"]);
        var name = (await list.Locator("#mine li").First.TextContentAsync())!.Split(':')[0];

        var frank = await browser.OpenAsync(Watching("frank", name), faults);
        await Expect(frank.Locator("#watched")).ToHaveTextAsync("permission-denied");
        var early = await browser.OpenAsync(Watching("frank", "users/erin/photos/to-come.jpg"), faults);
        await Expect(early.Locator("#watched")).ToHaveTextAsync("permission-denied");
        var again = await browser.OpenAsync(Watching("erin", name), faults);
        await Expect(again.Locator("#watched")).ToHaveTextAsync("espresso");

        Assert.Empty(faults);

        Uri Watching(string user, string of) => new(server.Address, $"?user={user}&watch={Uri.EscapeDataString(of)}");
    }
}
