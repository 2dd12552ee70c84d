using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

[Collection(BrowserGroup.Name)]
public sealed class UploadTests
{
    private readonly BrowserFixture _browser;

    public UploadTests(BrowserFixture browser)
    {
        _browser = browser;
    }

    [Fact]
    public async Task Drop_Photo_ShowsItsLabelItsTimesAndWhatTheModelSaw()
    {
        await using var window = await _browser.OpenAsync(await _browser.SharedAsync());

        await window.DropAsync("dropped.jpg", "image/jpeg", Sample.Read("coffee.jpg"));

        await Expect(window.Answer).ToHaveTextAsync("espresso");
        await Expect(window.Row("dropped.jpg")).ToContainTextAsync("espresso");
        await Expect(window.Detail).ToContainTextAsync("Inference");
        await Expect(window.Detail).ToContainTextAsync("efficientnet-lite0");
        var seen = window.Detail.GetByAltText("dropped.jpg as the model saw it");
        await Expect(seen).ToHaveJSPropertyAsync("naturalWidth", 224);
        await Expect(window.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("espresso");
    }

    [Fact]
    public async Task Paste_Photo_ShowsItsLabel()
    {
        await using var window = await _browser.OpenAsync(await _browser.SharedAsync());

        await window.Page.EvaluateAsync(
            """
            ([base64]) => {
              const data = new DataTransfer();
              data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'pasted.jpg', { type: 'image/jpeg' }));
              document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """,
            new[] { Convert.ToBase64String(Sample.Read("flower.jpg")) });

        await Expect(window.Answer).ToHaveTextAsync("daisy");
    }

    [Fact]
    public async Task Choose_SameNameTwice_KeepsBoth()
    {
        await using var window = await _browser.OpenAsync(await _browser.SharedAsync());

        await window.ChooseAsync(Sample.As("twice.jpg"));
        await Expect(window.Answer).ToHaveTextAsync("espresso");
        await window.Page.ReloadAsync();
        await window.ChooseAsync(Sample.As("twice.jpg", "flower.jpg"));

        await Expect(window.Row("twice (2).jpg")).ToContainTextAsync("daisy");
        await Expect(window.Row("twice.jpg")).ToContainTextAsync("espresso");
    }

    [Fact]
    public async Task Choose_NameWithEmojiQuotesAndMarkup_IsTextAndRunsNothing()
    {
        const string Name = "🐈 \"it's\" <script>document.title='run'<script><img src=x onerror=document.title='run'>.jpg";
        await using var window = await _browser.OpenAsync(await _browser.SharedAsync());

        await window.ChooseAsync(Sample.As(Name));

        await Expect(window.Answer).ToHaveTextAsync("espresso");
        await Expect(window.Row(Name)).ToBeVisibleAsync();
        await Expect(window.Detail.GetByRole(AriaRole.Heading, new() { Name = Name })).ToBeVisibleAsync();
        await Expect(window.Page).ToHaveTitleAsync("Pipeline");
    }

    [Fact]
    public async Task Choose_BrokenPicture_SaysWhyAndIsTriedAgain()
    {
        await using var window = await _browser.OpenAsync(await _browser.SharedAsync());

        await window.ChooseAsync(new FilePayload { Name = "broken.jpg", MimeType = "image/jpeg", Buffer = Sample.Read("china.jpg")[..9000] });
        await Expect(window.Detail).ToContainTextAsync("The picture is damaged");
        await Expect(window.Detail).ToContainTextAsync("DAMAGED_IMAGE");
        await window.Button("Try again now").ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("broken.jpg");
        await Expect(window.Row("broken.jpg")).ToContainTextAsync("Failed");
        await Expect(window.Detail).ToContainTextAsync("DAMAGED_IMAGE");
    }

    [Theory]
    [InlineData("paper.pdf", "application/pdf", "%PDF-1.4 nothing more", "This type of file is not taken")]
    [InlineData("note.jpg", "image/jpeg", "only a note", "This file is not a picture")]
    [InlineData("empty.jpg", "image/jpeg", "", "The file is empty.")]
    public async Task Choose_NoPicture_SaysWhatItIs(string name, string type, string content, string reason)
    {
        await using var window = await _browser.OpenAsync(await _browser.SharedAsync());

        await window.ChooseAsync(new FilePayload { Name = name, MimeType = type, Buffer = System.Text.Encoding.UTF8.GetBytes(content) });

        await Expect(window.Detail).ToContainTextAsync(reason);
        await Expect(window.Row(name)).ToContainTextAsync(reason);
    }

    [Fact]
    public async Task Choose_FileOf300MB_IsRefusedBeforeItIsSent()
    {
        var process = await _browser.SharedAsync();
        await using var window = await _browser.OpenAsync(process);
        var path = Path.Combine(process.Data, "huge.jpg");
        await using (var file = File.Create(path))
        {
            file.SetLength(300L << 20);
        }

        await window.Page.Locator("#files").SetInputFilesAsync(path);

        await Expect(window.Detail).ToContainTextAsync("The file has 300 MB; at most 20 MB are taken.");
        File.Delete(path);
    }

    [Fact]
    public async Task Choose_500Files_AllGetTheirResult()
    {
        await using var process = await PageProcess.StartAsync();
        await using var window = await _browser.OpenAsync(process);
        var small = Sample.Read("clock.jpg");

        await window.ChooseAsync([.. Enumerable.Range(0, 500).Select(index => new FilePayload { Name = $"{index}.jpg", MimeType = "image/jpeg", Buffer = small })]);

        await Expect(window.Page.Locator("#transfer")).ToContainTextAsync("of 500");
        await Expect(window.Button("Classified")).ToHaveTextAsync("Classified500", new() { Timeout = 120_000 });
        await Expect(window.Page.Locator("#transfer")).ToBeHiddenAsync();
        await Expect(window.Row("499.jpg")).ToContainTextAsync("spotlight");
    }

    [Fact]
    public async Task Close_InTheMiddleOfAnUpload_LeavesNothing()
    {
        var process = await _browser.SharedAsync();
        await using (var proxy = new StallingProxy(process))
        await using (var window = await _browser.OpenAsync(proxy.Address))
        {
            await window.ChooseAsync(new FilePayload { Name = "cut-off.png", MimeType = "image/png", Buffer = new byte[4 << 20] });
            await Expect(window.Row("cut-off.png")).ToContainTextAsync("Uploading");
            await proxy.Stalled.WaitAsync(TestContext.Current.CancellationToken);
        }

        await using var next = await _browser.OpenAsync(process);
        await next.ChooseAsync(Sample.As("after.jpg"));

        await Expect(next.Answer).ToHaveTextAsync("espresso");
        Assert.DoesNotContain("cut-off", await process.ListAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await next.Row("cut-off.png").CountAsync());
    }
}
