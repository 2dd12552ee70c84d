using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

[Collection(BrowserGroup.Name)]
public sealed class LargeListTests
{
    private const int Count = 10_000;

    private readonly BrowserFixture _browser;

    public LargeListTests(BrowserFixture browser)
    {
        _browser = browser;
    }

    [Fact]
    public async Task List_TenThousandResults_ScrollsToTheLastAndNarrows()
    {
        await using var process = await PageProcess.StartAsync();
        await Seed.ResultsAsync(process, Count);
        await using var window = await _browser.OpenAsync(process);

        await Expect(window.Row("09999.jpg")).ToHaveAttributeAsync("aria-setsize", "10000");
        await window.List.FocusAsync();
        await window.Page.Keyboard.PressAsync("End");
        await Expect(window.Row("00000.jpg")).ToHaveAttributeAsync("aria-posinset", "10000");
        Assert.InRange(await window.Page.Locator(".row").CountAsync(), 1, 60);

        await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Searchbox).FillAsync("tripod");
        await Expect(window.Row("09990.jpg")).ToHaveAttributeAsync("aria-setsize", "1000");
        await Expect(window.Row("09999.jpg")).ToHaveCountAsync(0);
        await window.Button("Failed").ClickAsync();
        await Expect(window.Page.Locator("#list-empty")).ToContainTextAsync("Nothing matches");
        await window.Button("Show all").ClickAsync();
        await Expect(window.Row("09999.jpg")).ToBeVisibleAsync();
    }
}
