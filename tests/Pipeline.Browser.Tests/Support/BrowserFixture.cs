using Microsoft.Playwright;
using Pipeline.Testing.Processes;

namespace Pipeline.Browser.Tests.Support;

/// <summary>One browser and one running page for all tests that do not need their own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>Milliseconds; a busy machine is slow, and a test that passes never waits so long.</summary>
    private const float Patience = 30_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private PageProcess? _page;

    /// <summary>A page that tests share; each uses names of its own.</summary>
    internal async Task<PageProcess> SharedAsync() => _page ??= await PageProcess.StartAsync();

    /// <summary>A window on the page, live; another browser profile for each.</summary>
    internal Task<Window> OpenAsync(PageProcess process, string path = "", BrowserNewContextOptions? options = null) => OpenAsync(process.Address + path, options);

    /// <summary>The same at an address of the test's choice.</summary>
    internal async Task<Window> OpenAsync(string address, BrowserNewContextOptions? options = null)
    {
        var window = new Window(await OpenPageAsync(address, options));
        await Assertions.Expect(window.Page.Locator("#link-text")).ToHaveTextAsync("Live");
        return window;
    }

    /// <summary>Any other page, in a browser profile of its own; its context is the caller's to close.</summary>
    internal async Task<IPage> OpenPageAsync(string address, BrowserNewContextOptions? options = null)
    {
        _browser ??= await LaunchAsync();
        var context = await _browser.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_page is not null)
        {
            await _page.DisposeAsync();
        }
    }

    private async Task<IBrowser> LaunchAsync()
    {
        var executable = Chromium.Require();
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        return await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox", "--disable-gpu"] });
    }
}
