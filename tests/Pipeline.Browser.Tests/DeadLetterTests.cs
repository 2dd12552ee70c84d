using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

[Collection(BrowserGroup.Name)]
public sealed class DeadLetterTests : IDisposable
{
    private readonly BrowserFixture _browser;
    private readonly string _model = Path.Combine(Directory.CreateTempSubdirectory("pipeline-model-").FullName, "model");

    public DeadLetterTests(BrowserFixture browser)
    {
        _browser = browser;
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_model)!, recursive: true);

    [Fact]
    public async Task Letters_OfAMissingModel_AreParkedDroppedAndRetriedOnceItIsThere()
    {
        await using var process = await PageProcess.StartAsync(_model);
        await using var window = await _browser.OpenAsync(process);
        var page = window.Page;
        var letters = page.Locator("#letter-list");
        var detail = page.Locator("#letter-detail");
        await page.GetByRole(AriaRole.Link, new() { Name = "Models" }).ClickAsync();
        await Expect(page.Locator("#model-list")).ToContainTextAsync("It cannot be used");
        await page.GetByRole(AriaRole.Link, new() { Name = "Pictures" }).ClickAsync();
        await window.ChooseAsync(Sample.As("retried.jpg"), Sample.As("dropped.jpg"), Sample.As("parked.jpg"));
        await Expect(window.Row("retried.jpg")).ToContainTextAsync("The model was not found");

        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters 3" }).ClickAsync();
        await letters.GetByRole(AriaRole.Option).Filter(new() { HasText = "dropped.jpg" }).ClickAsync();
        await Expect(detail).ToContainTextAsync("MODEL_NOT_FOUND");
        await window.Button("Drop …").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await Expect(letters.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await letters.GetByRole(AriaRole.Option).Filter(new() { HasText = "parked.jpg" }).ClickAsync();
        await detail.GetByRole(AriaRole.Button, new() { Name = "Park" }).ClickAsync();
        await Expect(detail).ToContainTextAsync("Parked by hand");

        PageProcess.CopyModel(_model);
        await page.GetByRole(AriaRole.Link, new() { Name = "Models" }).ClickAsync();
        await Expect(page.Locator("#model-list")).ToContainTextAsync("Ready");
        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters 2" }).ClickAsync();
        await letters.GetByRole(AriaRole.Option).Filter(new() { HasText = "retried.jpg" }).ClickAsync();
        await window.Button("Retry now").ClickAsync();
        await Expect(letters.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Pictures" }).ClickAsync();
        await Expect(window.Row("retried.jpg")).ToContainTextAsync("espresso");
        await Expect(window.Row("dropped.jpg")).ToContainTextAsync("The retries were ended by hand");
    }
}
