using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Tests.Support;

/// <summary>One target with the program's own wiring, on stores in a folder of its own.</summary>
internal sealed class RunningFunction : IAsyncDisposable
{
    public const string Bucket = "uploads";

    private readonly WebApplication _application;
    private readonly string _folder;
    private readonly bool _ownsFolder;

    private RunningFunction(WebApplication application, string folder, bool ownsFolder)
    {
        _application = application;
        _folder = folder;
        _ownsFolder = ownsFolder;
        Client = application.GetTestClient();
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _application.Services;

    public ScriptedClassifier Classifier => Services.GetRequiredService<ScriptedClassifier>();

    public SwitchedObjects Objects => Services.GetRequiredService<SwitchedObjects>();

    public IDocumentStore Documents => Services.GetRequiredService<IDocumentStore>();

    public string DatabasePath => Path.Combine(_folder, "documents.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string NewFolder() => Directory.CreateTempSubdirectory("pipeline-").FullName;

    /// <summary>With a classifier and a bucket that do what the test says.</summary>
    /// <param name="folder">Where the stores lie; null: a new one, deleted in the end.</param>
    public static Task<RunningFunction> StartAsync<TTarget>(Dictionary<string, string?>? settings = null, string? folder = null) =>
        StartAsync<TTarget>(settings, folder, ReplacePorts);

    /// <summary>With nothing replaced.</summary>
    public static Task<RunningFunction> StartWithModelAsync<TTarget>(Dictionary<string, string?>? settings = null) =>
        StartAsync<TTarget>(settings, null, _ => { });

    private static async Task<RunningFunction> StartAsync<TTarget>(
        Dictionary<string, string?>? settings, string? folder, Action<IServiceCollection> replace)
    {
        var data = folder ?? NewFolder();
        var all = new Dictionary<string, string?>
        {
            ["Pipeline:Embedded:Data"] = data,
            ["Pipeline:Embedded:SettleTime"] = "10ms",
            ["Pipeline:Retries:FirstDelay"] = "20ms",
            ["Pipeline:Hosting:LogLevel"] = "Error",
        };
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var application = FunctionHost.Create(new FunctionHostSetup(typeof(Serve).Assembly, PipelineServices.Configure)
        {
            Variable = name => name == "FUNCTION_TARGET" ? typeof(TTarget).FullName : null,
            Settings = all,
            Customize = builder =>
            {
                replace(builder.Services);
                builder.WebHost.UseTestServer();
            },
        });
        await application.StartAsync(Cancellation);
        return new RunningFunction(application, data, folder is null);
    }

    /// <summary>Copies a file into the bucket.</summary>
    /// <returns>The generation that it got.</returns>
    public Task<long> PutAsync(string name, string content = "a picture") => PutAsync(name, Encoding.UTF8.GetBytes(content));

    /// <inheritdoc cref="PutAsync(string, string)"/>
    public async Task<long> PutAsync(string name, byte[] content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content, Cancellation);
        return (await Services.GetRequiredService<IObjectStore>().FindLiveAsync(Bucket, name, Cancellation))!.Version.Generation;
    }

    /// <summary>Where the file of an object lies.</summary>
    public string PathOf(string name) => Path.Combine([_folder, "buckets", Bucket, .. name.Split('/')]);

    public void Remove(string name) => File.Delete(PathOf(name));

    /// <param name="time">When the object was finalized; null: the event does not say.</param>
    public Task<HttpResponseMessage> SendFinalizedAsync(string name, long generation, string path = "/", string id = "event-1", DateTimeOffset? time = null) =>
        SendEventAsync("google.cloud.storage.object.v1.finalized", Encoding.UTF8.GetBytes(Data(name, generation)), path, id, time: time);

    public static string Data(string name, long generation, string contentType = "image/jpeg") =>
        JsonSerializer.Serialize(new { bucket = Bucket, name, generation = generation.ToString(), contentType, metageneration = "1", size = "9" });

    public Task<HttpResponseMessage> SendEventAsync(string type, string data, string path = "/", string id = "event-1", string contentType = "application/json") =>
        SendEventAsync(type, Encoding.UTF8.GetBytes(data), path, id, contentType);

    /// <param name="attributes">Of the event, besides those that every event has.</param>
    public Task<HttpResponseMessage> SendEventAsync(
        string type,
        byte[] data,
        string path = "/",
        string id = "event-1",
        string contentType = "application/json",
        DateTimeOffset? time = null,
        params (string Name, string Value)[] attributes)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(data) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", id);
        request.Headers.Add("ce-type", type);
        request.Headers.Add("ce-source", $"//storage.googleapis.com/projects/_/buckets/{Bucket}");
        if (time is not null)
        {
            request.Headers.Add("ce-time", $"{time:O}");
        }

        foreach (var (name, value) in attributes)
        {
            request.Headers.Add($"ce-{name}", value);
        }

        return Client.SendAsync(request, Cancellation);
    }

    /// <summary>The fields of an object's result, or null.</summary>
    public Task<ImmutableSortedDictionary<string, DocumentValue>?> ResultAsync(string name) => FieldsAsync("classifications", Uri.EscapeDataString(name));

    public Task<ImmutableSortedDictionary<string, DocumentValue>?> LetterAsync(string name) => FieldsAsync("deadLetters", Uri.EscapeDataString(name));

    public async Task<ImmutableArray<DocumentSnapshot>> LettersAsync() =>
        (await Documents.QueryAsync(new DocumentQuery("deadLetters", [], null, Descending: false, 1000), Cancellation)).Documents;

    public async Task<DateTimeOffset> ResultVersionAsync(string name) =>
        (await Documents.GetAsync([new DocumentPath("classifications", Uri.EscapeDataString(name))], Cancellation)).Documents[0].UpdateTime;

    public async Task<JsonElement> MaintainAsync(string path = "/")
    {
        using var response = await Client.PostAsync(path, null, Cancellation);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    public Task StopAsync() => _application.StopAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static void ReplacePorts(IServiceCollection services)
    {
        services.AddSingleton<ScriptedClassifier>();
        services.AddSingleton<IImageClassifier>(provider => provider.GetRequiredService<ScriptedClassifier>());
        var real = services.Last(service => service.ServiceType == typeof(IObjectStore));
        services.AddSingleton(provider => new SwitchedObjects((IObjectStore)real.ImplementationFactory!(provider)));
        services.AddSingleton<IObjectStore>(provider => provider.GetRequiredService<SwitchedObjects>());
    }

    private async Task<ImmutableSortedDictionary<string, DocumentValue>?> FieldsAsync(string collection, string id) =>
        (await Documents.GetAsync([new DocumentPath(collection, id)], Cancellation)).Documents[0].Fields;
}
