using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using Pipeline.Testing.Emulators;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>The page with its documents in Google's Firestore emulator.</summary>
[Collection(BrowserGroup.Name)]
public sealed class EmulatorTests : IDisposable
{
    private readonly BrowserFixture _browser;
    private readonly FirestoreEmulator _emulator;
    private readonly string _model = Path.Combine(Directory.CreateTempSubdirectory("pipeline-model-").FullName, "model");

    public EmulatorTests(BrowserFixture browser, FirestoreEmulator emulator)
    {
        _browser = browser;
        _emulator = emulator;
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_model)!, recursive: true);

    [Fact]
    public async Task Page_EmulatorKilledAndStartedEmpty_SaysSoWaitsAndShowsNoGhosts()
    {
        var emulator = await _emulator.StartAsync();
        await using var process = await PageProcess.StartAsync(emulator: emulator);
        await using var window = await _browser.OpenAsync(process);
        var page = window.Page;
        Assert.Contains($"page       {process.Address}", process.Output, StringComparison.Ordinal);
        await Expect(page.Locator("#place")).ToContainTextAsync($"Firestore emulator at {emulator.Authority}, project demo-");
        await window.DropAsync("before.jpg", "image/jpeg", Sample.Read("coffee.jpg"));
        await Expect(window.Answer).ToHaveTextAsync("espresso");
        await Expect(window.Row("before.jpg")).ToContainTextAsync("espresso");
        await Expect(window.Detail.GetByAltText("before.jpg as the model saw it")).ToHaveJSPropertyAsync("naturalWidth", 224);

        _emulator.Kill();
        await Expect(page.Locator("#link-text")).ToHaveTextAsync("Documents not connected");
        await Expect(page.Locator("#banner")).ToContainTextAsync(emulator.Authority);
        await Expect(window.Row("before.jpg")).ToContainTextAsync("espresso");
        await page.ReloadAsync();
        await Expect(page.Locator("#link-text")).ToHaveTextAsync("Documents not connected");
        var starting = _emulator.StartAsync();
        await window.ChooseAsync(Sample.As("while away.jpg", "flower.jpg"));
        await starting;

        await Expect(page.Locator("#link-text")).ToHaveTextAsync("Live");
        await Expect(page.Locator("#banner")).ToBeHiddenAsync();
        await Expect(window.Row("while away.jpg")).ToContainTextAsync("daisy");
        await Expect(window.List.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await Expect(window.Button("All")).ToHaveTextAsync("All1");
    }

    [Fact]
    public async Task Page_LettersOfAMissingModel_AreRetriedOnceItIsThereAndGoWhenTheEmulatorIsCleared()
    {
        var project = FirestoreEmulator.NewProject();
        await using var process = await PageProcess.StartAsync(_model, await _emulator.StartAsync(), project);
        await using var window = await _browser.OpenAsync(process);
        var page = window.Page;
        var letters = page.Locator("#letter-list").GetByRole(AriaRole.Option);
        await window.ChooseAsync(Sample.As("retried.jpg"), Sample.As("left.jpg"), new() { Name = "broken.jpg", MimeType = "image/jpeg", Buffer = [1, 2, 3] });
        await Expect(window.Row("broken.jpg")).ToContainTextAsync("not a picture");
        await Expect(window.Row("retried.jpg")).ToContainTextAsync("The model was not found");

        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters 2" }).ClickAsync();
        await letters.Filter(new() { HasText = "left.jpg" }).ClickAsync();
        await page.Locator("#letter-detail").GetByRole(AriaRole.Button, new() { Name = "Park" }).ClickAsync();
        await Expect(page.Locator("#letter-detail")).ToContainTextAsync("Parked by hand");
        PageProcess.CopyModel(_model);
        await page.GetByRole(AriaRole.Link, new() { Name = "Models" }).ClickAsync();
        await Expect(page.Locator("#model-list")).ToContainTextAsync("Ready");
        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters 2" }).ClickAsync();
        await letters.Filter(new() { HasText = "retried.jpg" }).ClickAsync();
        await window.Button("Retry now").ClickAsync();
        await Expect(letters).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Pictures" }).ClickAsync();
        await Expect(window.Row("retried.jpg")).ToContainTextAsync("espresso");
        await window.Row("retried.jpg").ClickAsync();
        await Expect(window.Answer).ToHaveTextAsync("espresso");
        await _emulator.ClearAsync(project);

        await Expect(page.Locator("#list-empty")).ToContainTextAsync("Nothing here yet");
        await Expect(window.Detail).ToContainTextAsync("Choose a picture");
        await Expect(page.Locator("#letters-badge")).ToBeHiddenAsync();
    }
}
