using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

[Collection(BrowserGroup.Name)]
public sealed class KeyboardTests
{
    private const int MostStops = 30;

    private readonly BrowserFixture _browser;

    public KeyboardTests(BrowserFixture browser)
    {
        _browser = browser;
    }

    [Fact]
    public async Task Keyboard_Alone_UploadsChoosesFiltersAndRetries()
    {
        await using var window = await _browser.OpenAsync(await _browser.SharedAsync());
        var page = window.Page;
        await TabToAsync(page, "Choose pictures");
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Enter"));
        await chooser.SetFilesAsync([Sample.As("key one.jpg"), Sample.As("key two.jpg", "flower.jpg")]);
        await Expect(window.Row("key two.jpg")).ToContainTextAsync("daisy");
        await Expect(window.Row("key one.jpg")).ToContainTextAsync("espresso");

        await TabToAsync(page, "Filter by label or name");
        await page.Keyboard.TypeAsync("key ");
        await Expect(window.List.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await TabToAsync(page, "Results");
        await page.Keyboard.PressAsync("Home");
        var first = await window.List.Locator("[aria-selected=true] .name").GetAttributeAsync("title");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(window.List.Locator("[aria-selected=true] .name")).Not.ToHaveAttributeAsync("title", first!);
        await Expect(window.List).ToHaveAttributeAsync("aria-activedescendant", await window.List.Locator("[aria-selected=true]").GetAttributeAsync("id") ?? "none");
        await Expect(window.Answer).ToBeVisibleAsync();

        await TabToAsync(page, "Classify again");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("key ");
        await Expect(window.List.Locator("[aria-selected=true]")).ToContainTextAsync("%");
    }

    /// <summary>Presses Tab until what has the focus has the name. Every stop on the way must be visible and show its focus.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (found, isMarked) = await DescribeFocusAsync(page);
            if (found.Length > 0)
            {
                Assert.True(isMarked, $"'{found}' has the focus and does not show it.");
            }

            if (found == name)
            {
                return;
            }
        }

        Assert.Fail($"No stop of the keyboard is called '{name}'.");
    }

    private static async Task<(string Name, bool IsMarked)> DescribeFocusAsync(IPage page)
    {
        var found = await page.EvaluateAsync<string[]>(
            """
            () => {
              const element = document.activeElement;
              if (!element || element === document.body) {
                return ['', ''];
              }
              const marked = [element, element.parentElement].some((part) => getComputedStyle(part).outlineStyle !== 'none');
              return [element.getAttribute('aria-label') ?? element.textContent.trim(), String(marked)];
            }
            """);
        return (found[0], found[1] == "true");
    }
}
