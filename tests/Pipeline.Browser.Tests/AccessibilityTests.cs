using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>Roles, names and computed contrast, as axe judges them.</summary>
[Collection(BrowserGroup.Name)]
public sealed class AccessibilityTests
{
    private readonly BrowserFixture _browser;

    public AccessibilityTests(BrowserFixture browser)
    {
        _browser = browser;
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Page_InEachView_HasNoFinding(ColorScheme colors, int width)
    {
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = colors, ReducedMotion = ReducedMotion.Reduce };
        await using var window = await _browser.OpenAsync(await _browser.SharedAsync(), options: options);
        await CheckAsync(window);

        var (good, bad, none) = ($"good {colors} {width}.jpg", $"bad {colors} {width}.jpg", $"none {colors} {width}.jpg");
        await window.ChooseAsync(Sample.As(good), new() { Name = bad, MimeType = "image/jpeg", Buffer = [1, 2, 3] }, new() { Name = none, MimeType = "image/jpeg", Buffer = [] });
        await Expect(window.Row(none)).ToContainTextAsync("empty");
        await Expect(window.Row(bad)).ToContainTextAsync("not a picture");
        await Expect(window.Row(good)).ToContainTextAsync("espresso");
        await window.Row(good).ClickAsync();
        await Expect(window.Answer).ToHaveTextAsync("espresso");
        await CheckAsync(window);
        if (width < 800)
        {
            await window.Detail.GetByRole(AriaRole.Button, new() { Name = "Back to the list" }).ClickAsync();
        }

        await window.Row(bad).ClickAsync();
        await Expect(window.Detail).ToContainTextAsync("NOT_AN_IMAGE");
        await CheckAsync(window);
        foreach (var view in (string[])["letters", "models"])
        {
            await window.Page.GotoAsync($"{window.Page.Url.Split('#')[0]}#{view}");
            await Expect(window.Page.Locator($"#{view}")).ToBeVisibleAsync();
            await CheckAsync(window);
        }
    }

    private static async Task CheckAsync(Window window)
    {
        var result = await window.Page.RunAxe();

        Assert.NotEmpty(result.Passes);
        Assert.Empty(result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
    }
}
