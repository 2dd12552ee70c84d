using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Functions.Wiring;
using Pipeline.Hosting;
using Pipeline.Hosting.Startup;
using Pipeline.Worker;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions;

/// <summary>
/// What operators work with: the worker on the stores that the configuration names, wired as the functions are, without a server and without a model.
/// Safe beside running instances.
/// </summary>
public sealed class PipelineOperations : IAsyncDisposable
{
    private readonly WebApplication _application;

    private PipelineOperations(WebApplication application)
    {
        _application = application;
        Worker = application.Services.GetRequiredService<UploadWorker>();
    }

    public UploadWorker Worker { get; }

    /// <param name="setup">Its target should be one that needs the stores alone; nothing is started.</param>
    /// <exception cref="StartupException">The configuration is wrong; everything that is.</exception>
    /// <exception cref="FileNotFoundException">The documents would lie on this machine, and there are none.</exception>
    public static async Task<PipelineOperations> OpenAsync(FunctionHostSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var application = FunctionHost.Create(setup);
        try
        {
            if (application.Services.GetRequiredService<IDocumentStore>() is EmbeddedDocuments
                && application.Services.GetRequiredService<SqliteDocumentStoreOptions>() is { } options
                && !File.Exists(options.Path))
            {
                throw new FileNotFoundException($"There are no documents at {Path.GetFullPath(options.Path)}.", options.Path);
            }

            return new PipelineOperations(application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>The buckets of this machine; null where there are none.</summary>
    public async Task<FolderObjectStore?> OpenLocalBucketsAsync(CancellationToken cancellationToken)
    {
        var options = _application.Services.GetService<FolderBucketOptions>();
        return options is not null && Directory.Exists(options.Root)
            ? await FolderObjectStore.OpenAsync(options, _application.Services.GetRequiredService<TimeProvider>(), cancellationToken)
            : null;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
