using Microsoft.Playwright;

namespace Pipeline.Browser.Tests.Support;

/// <summary>An open page, in the words of who looks at it. A fault of its scripts fails the test that closes it.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly List<string> _faults = [];

    public Window(IPage page)
    {
        Page = page;
        page.PageError += (_, fault) => _faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _faults.Add(message.Text);
            }
        };
        page.Dialog += (_, dialog) => _faults.Add($"A dialog opened: {dialog.Message}");
    }

    public IPage Page { get; }

    public ILocator List => Page.Locator("#list");

    public ILocator Detail => Page.Locator("#detail");

    /// <summary>The big label of the chosen picture.</summary>
    public ILocator Answer => Detail.Locator(".answer");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    /// <summary>The row of a picture.</summary>
    public ILocator Row(string file) => List.GetByRole(AriaRole.Option).Filter(new() { HasText = file });

    /// <summary>Chooses files through the button's file chooser.</summary>
    public Task ChooseAsync(params FilePayload[] files) => Page.Locator("#files").SetInputFilesAsync(files);

    /// <summary>Drops files on the page, as the operating system does.</summary>
    public async Task DropAsync(string name, string type, byte[] content)
    {
        var data = await Page.EvaluateHandleAsync(
            """
            ([name, type, base64]) => {
              const data = new DataTransfer();
              data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
              return data;
            }
            """,
            new[] { name, type, Convert.ToBase64String(content) });
        foreach (var happening in (string[])["dragenter", "dragover", "drop"])
        {
            await Page.DispatchEventAsync("body", happening, new { dataTransfer = data });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        Assert.Empty(_faults);
    }
}
