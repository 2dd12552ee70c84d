using Microsoft.Playwright;

namespace Pipeline.Clients.Tests.Support;

/// <summary>Chromium, to which Google's content network is the npm packages of this machine, and which reaches nothing else beyond it.</summary>
internal sealed class AppBrowser : IAsyncDisposable
{
    private const string Network = "https://www.gstatic.com/firebasejs/12.19.0/";
    private const float Patience = 45_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private AppBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<AppBrowser> StartAsync()
    {
        var executable = Chromium.Require();
        var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        return new AppBrowser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox", "--disable-gpu"] }));
    }

    /// <summary>A window of a profile of its own. A fault of the page's scripts is added to the list.</summary>
    public async Task<IPage> OpenAsync(Uri address, List<string> faults)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 900, Height = 700 } });
        context.SetDefaultTimeout(Patience);
        await context.RouteAsync(url => !new Uri(url).IsLoopback, FulfilAsync);
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => faults.Add(fault);
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static Task FulfilAsync(IRoute route)
    {
        var address = route.Request.Url;
        var file = address.StartsWith(Network, StringComparison.Ordinal)
            ? Path.Combine(NodeScript.Folder, "node_modules", "firebase", Path.GetFileName(new Uri(address).AbsolutePath))
            : null;
        return File.Exists(file)
            ? route.FulfillAsync(new() { Path = file, ContentType = "text/javascript", Headers = new Dictionary<string, string> { ["access-control-allow-origin"] = "*" } })
            : route.AbortAsync();
    }
}
