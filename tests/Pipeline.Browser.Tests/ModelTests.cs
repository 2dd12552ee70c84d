using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

[Collection(BrowserGroup.Name)]
public sealed class ModelTests : IDisposable
{
    private readonly BrowserFixture _browser;
    private readonly string _model = Path.Combine(Directory.CreateTempSubdirectory("pipeline-model-").FullName, "model");

    public ModelTests(BrowserFixture browser)
    {
        _browser = browser;
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_model)!, recursive: true);

    [Fact]
    public async Task Models_FolderThatIsBrokenWhileItServes_SaysWhyAndGoesOnAnswering()
    {
        PageProcess.CopyModel(_model);
        await using var process = await PageProcess.StartAsync(_model);
        await using var window = await _browser.OpenAsync(process, "#models");
        var models = window.Page.Locator("#model-list");
        await Expect(models).ToContainTextAsync("Ready");
        var manifest = Path.Combine(_model, "model.json");
        var good = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);

        await WriteAsync(manifest, good.Replace("\"width\"", "\"breadth\"", StringComparison.Ordinal));

        await Expect(models).ToContainTextAsync("what is loaded goes on answering");
        await Expect(models).ToContainTextAsync("breadth");
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Models 1 refused" })).ToBeVisibleAsync();
        await window.ChooseAsync(Sample.As("still.jpg"));
        await Expect(window.Answer).ToHaveTextAsync("espresso");
        await WriteAsync(manifest, good);
        await Expect(models).Not.ToContainTextAsync("goes on answering");
    }

    /// <summary>A new file in the place of the old one, as the model's owner should put it there.</summary>
    private static async Task WriteAsync(string path, string content)
    {
        await File.WriteAllTextAsync(path + ".new", content, TestContext.Current.CancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }
}
