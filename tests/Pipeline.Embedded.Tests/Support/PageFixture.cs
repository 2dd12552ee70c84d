using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Embedded.Delivery;
using Pipeline.Embedded.Endpoint;
using Pipeline.Embedded.Page;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Worker;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>The page on a real port, over a folder and a store, with a model that is not there and a worker that nobody answers for.</summary>
internal sealed class PageFixture : IAsyncDisposable
{
    private readonly FolderFixture _folder;
    private readonly WebApplication _application;
    private readonly ModelRegistry _models;
    private readonly UploadWorker _worker;
    private readonly HttpClient _down;

    private PageFixture(FolderFixture folder, IDocumentStore store, WebApplication application, ModelRegistry models, UploadWorker worker, HttpClient down)
    {
        _folder = folder;
        Store = store;
        _application = application;
        _models = models;
        _worker = worker;
        _down = down;
        Http = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public IDocumentStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>On an SQLite file of its own.</summary>
    public static Task<PageFixture> StartAsync(int historyLimit = 10_000)
    {
        var folder = new FolderFixture();
        var store = SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(folder.Outside + ".db") { HistoryLimit = historyLimit }, TimeProvider.System);
        return StartAsync(folder, store, PageDocuments.OfThisMachine(store, "SQLite"));
    }

    /// <summary>On any store, as on an emulator.</summary>
    public static Task<PageFixture> StartOnAsync(IDocumentStore store) => StartAsync(new FolderFixture(), store, PageDocuments.OfEmulator(store, "an emulator"));

    public async Task<JsonElement> GetAsync(string target)
    {
        using var answer = await Http.GetAsync(new Uri(target, UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
    }

    /// <summary>The status and what the error says.</summary>
    public async Task<(HttpStatusCode Status, string Message)> SendAsync(HttpMethod method, string target, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(target, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        if (answer.IsSuccessStatusCode)
        {
            return (answer.StatusCode, string.Empty);
        }

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return (answer.StatusCode, body.RootElement.GetProperty("error").GetProperty("message").GetString()!);
    }

    /// <summary>Uploads, and gives back the generation.</summary>
    public async Task<string> UploadAsync(string name, byte[] content, string type = "image/jpeg")
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new(type);
        var target = $"/upload/storage/v1/b/{FolderFixture.Bucket}/o?uploadType=media&name={Uri.EscapeDataString(name)}";
        using var answer = await Http.PostAsync(new Uri(target, UriKind.Relative), body, Token);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("generation").GetString()!;
    }

    public Task PutAsync(string path, params (string Name, DocumentValue Value)[] fields) => Store.CommitAsync(Documents.Set(path, DocumentPrecondition.None, fields));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
        _worker.Dispose();
        await _models.DisposeAsync();
        (Store as IDisposable)?.Dispose();
        _down.Dispose();
        _folder.Dispose();
    }

    private static async Task<PageFixture> StartAsync(FolderFixture folder, IDocumentStore store, PageDocuments documents)
    {
        var down = new HttpClient(new ScriptedHandler(HttpStatusCode.ServiceUnavailable));
        var options = new LocalPlatformOptions(
            folder.Options, new EventDeliveryOptions(new Uri("http://worker/events")), new LocalSchedulerOptions(new Uri("http://worker/maintain")));
        var platform = await LocalPlatform.OpenAsync(options, down, TimeProvider.System, NullLoggerFactory.Instance, Token);
        var models = new ModelRegistry(
            new ModelStoreOptions { Models = [new ModelSource("flowers", "/no/such/folder")] }, new NoLoader(), TimeProvider.System, NullLogger<ModelRegistry>.Instance);
        var rules = new WorkerOptions { Buckets = [new BucketOptions { Bucket = FolderFixture.Bucket }], Rules = [new RuleOptions { Match = "users/{uid}/{photo}" }] };
        var limits = new ClassificationOptions();
        var classifier = new ImageClassifier(models, limits, TimeProvider.System, NullLogger<ImageClassifier>.Instance);
        var worker = new UploadWorker(
            rules, store, platform.Objects.Objects, classifier, "desk", TimeProvider.System, () => 0.5, () => Guid.NewGuid().ToString("N"), NullLoggerFactory.Instance);
        var page = new LocalPage(worker, rules, limits, models, documents, platform, TimeProvider.System, NullLoggerFactory.Instance);
        return new PageFixture(folder, store, await ServeAsync(platform, page), models, worker, down);
    }

    private static async Task<WebApplication> ServeAsync(LocalPlatform platform, LocalPage page)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHostedService(_ => platform);
        builder.Services.AddHostedService(_ => page);
        var application = builder.Build();
        application.MapStorageEndpoint(platform.Objects);
        application.MapLocalPage(page);
        await application.StartAsync(Token);
        return application;
    }

    private sealed class NoLoader : IModelLoader
    {
        public ImmutableArray<ModelCandidate> Look(ModelSource source) => throw new DirectoryNotFoundException($"There is no folder {source.Folder}.");

        public IServedModel Load(ModelSource source, ModelCandidate candidate, CancellationToken cancellationToken) => throw new DirectoryNotFoundException();
    }
}
