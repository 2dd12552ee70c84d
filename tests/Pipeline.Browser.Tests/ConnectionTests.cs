using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

[Collection(BrowserGroup.Name)]
public sealed class ConnectionTests
{
    private readonly BrowserFixture _browser;

    public ConnectionTests(BrowserFixture browser)
    {
        _browser = browser;
    }

    [Fact]
    public async Task Page_ServerKilledAndStartedAgain_SaysSoWaitsAndGoesOn()
    {
        await using var process = await PageProcess.StartAsync();
        await using var window = await _browser.OpenAsync(process);
        await window.ChooseAsync(Sample.As("before.jpg"));
        await process.UploadAsync("photos/taken.jpg", Sample.Read("coffee.jpg"));
        await Expect(window.Row("before.jpg")).ToContainTextAsync("espresso");
        await Expect(window.Row("taken.jpg")).ToContainTextAsync("espresso");

        await process.KillAsync();
        await Expect(window.Page.Locator("#link-text")).ToHaveTextAsync("Not connected");
        await Expect(window.Page.Locator("#banner")).ToContainTextAsync("The server cannot be reached");
        await window.ChooseAsync(Sample.As("while away.jpg", "flower.jpg"), Sample.As("taken.jpg", "flower.jpg"));
        await Expect(window.Row("while away.jpg")).ToContainTextAsync("Waiting to upload");
        await Expect(window.Row("taken.jpg").Filter(new() { HasText = "Waiting to upload" })).ToBeVisibleAsync();
        await process.StartAgainAsync();
        await process.UploadAsync("photos/by another.jpg", Sample.Read("coffee.jpg"));

        await Expect(window.Page.Locator("#link-text")).ToHaveTextAsync("Live");
        await Expect(window.Page.Locator("#banner")).ToBeHiddenAsync();
        await Expect(window.Row("while away.jpg")).ToContainTextAsync("daisy");
        await Expect(window.Row("by another.jpg")).ToContainTextAsync("espresso");
        await Expect(window.Row("taken (2).jpg")).ToContainTextAsync("daisy");
        await Expect(window.Row("taken.jpg")).ToContainTextAsync("espresso");
        await Expect(window.Row("before.jpg")).ToContainTextAsync("espresso");
    }
}
