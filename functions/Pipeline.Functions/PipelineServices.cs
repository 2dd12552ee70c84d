using System.Security.Cryptography;
using Pipeline.Firebase.CloudStorage;
using Pipeline.Firebase.Identity;
using Pipeline.Firebase.Identity.Callers;
using Pipeline.Functions.Callers;
using Pipeline.Functions.Calls;
using Pipeline.Functions.Configuration;
using Pipeline.Functions.WarmingUp;
using Pipeline.Functions.Wiring;
using Pipeline.Hosting;
using Pipeline.Hosting.Callers;
using Pipeline.Hosting.Health;
using Pipeline.Worker;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions;

/// <summary>Puts the functions together from the configuration.</summary>
public static class PipelineServices
{
    /// <summary>Adds everything that the functions need. What is wrong in the configuration is noted, and the start is refused.</summary>
    public static void Configure(FunctionHostContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = PipelineSettings.Read(context.Configuration, AppContext.BaseDirectory, GoogleEnvironment.Of(context));
        var needs = TargetNeeds.Of(context.Target);
        settings.NoteErrors(context.Configuration, context.Hosting, needs.Models);
        if (context.IsCloudRun && context.Target == typeof(Serve) && settings.Callers.Mode != CallerMode.Verify)
        {
            context.Configuration.AddError(
                $"{typeof(Serve)} needs Pipeline:Callers:Mode Verify on Cloud Run: one address cannot be public for apps and closed for events unless callers are "
                + "verified here. Or deploy each function as a service of its own.");
        }

        var loader = new PackageModelLoader(TimeProvider.System);
        if (needs.Models)
        {
            context.Meanwhile(() =>
            {
                if (!CloudFolder.IsMeant(settings.Models.Models[0].Folder))
                {
                    loader.LoadAhead(settings.Models.Models[0]);
                }

                PackageModelLoader.Prepare(TimeProvider.System);
            });
        }

        AddOptions(context.Services, settings);
        AddStores(context.Services, settings, needs);
        AddModels(context.Services, loader);
        AddModelReadiness(context.Services, needs);
        AddCallers(context.Services, settings.Callers);
        context.Services.AddSingleton(CreateWorker);
        context.Services.AddSingleton<CallHandler>();
        context.Services.AddSingleton(needs);
        context.Services.AddHostedService<BackgroundStart>();
        if (TelemetryExport.IsWanted(Environment.GetEnvironmentVariable))
        {
            TelemetryExport.Add(context.Services, Environment.GetEnvironmentVariable);
        }
    }

    private static void AddOptions(IServiceCollection services, PipelineSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(settings.Worker)
        .AddSingleton(settings.Classification)
        .AddSingleton(settings.Models)
        .AddSingleton(settings.Documents)
        .AddSingleton(settings.Bucket)
        .AddSingleton(settings.Endpoint)
        .AddSingleton(settings.Callers)
        .AddSingleton(settings.Users)
        .AddSingleton(settings.WarmUp)
        .AddSingleton(new CallLimits(settings.Worker.MaxBytes));

    private static void AddStores(IServiceCollection services, PipelineSettings settings, TargetNeeds needs)
    {
        services.AddSingleton<Func<double>>(Chance);
        if (settings.Firestore is not { } firestore)
        {
            AddStore<IDocumentStore, EmbeddedDocuments>(services.AddSingleton<EmbeddedDocuments>(), needs);
        }
        else
        {
            AddStore<IDocumentStore, FirestoreDocuments>(services.AddSingleton(firestore).AddSingleton<FirestoreDocuments>(), needs);
        }

        services.AddSingleton(settings.Storage).AddSingleton<CloudStorage>();
        if (settings.HasCloudObjects)
        {
            AddStore<IObjectStore, CloudStorageObjects>(services.AddSingleton<CloudStorageObjects>(), needs);
        }
        else
        {
            AddStore<IObjectStore, EmbeddedObjects>(services.AddSingleton<EmbeddedObjects>(), needs);
        }
    }

    private static void AddStore<TPort, TStore>(IServiceCollection services, TargetNeeds needs)
        where TPort : class
        where TStore : class, TPort, IStoreOpening, IReadiness
    {
        services.AddSingleton<TPort>(provider => provider.GetRequiredService<TStore>());
        services.AddSingleton<IStoreOpening>(provider => provider.GetRequiredService<TStore>());
        if (needs.Stores)
        {
            services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<TStore>());
        }
    }

    private static void AddModels(IServiceCollection services, PackageModelLoader loader) => services
        .AddSingleton<IModelLoader>(provider => new CloudModelLoader(loader, provider.GetRequiredService<CloudStorage>()))
        .AddSingleton<ModelRegistry>()
        .AddSingleton<IImageClassifier, ImageClassifier>()
        .AddSingleton<ModelWarmth>();

    private static void AddModelReadiness(IServiceCollection services, TargetNeeds needs)
    {
        if (needs.Models)
        {
            services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<ModelWarmth>());
            services.AddSingleton<IWarmUp>(provider => provider.GetRequiredService<ModelWarmth>());
        }
    }

    private static void AddCallers(IServiceCollection services, CallerOptions callers)
    {
        services
            .AddSingleton<KeyFetching>()
            .AddSingleton(provider => new AppUsers(
                provider.GetRequiredService<UserOptions>(), provider.GetRequiredService<KeyFetching>().Http, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IIdentityTokens, GoogleIdentityTokens>()
            .AddSingleton(provider => new WarmUpCalls(
                provider.GetRequiredService<WarmUpOptions>(), provider.GetRequiredService<IIdentityTokens>(), NewId, provider.GetRequiredService<ILogger<WarmUpCalls>>()));
        if (callers.Mode != CallerMode.Open)
        {
            services
                .AddSingleton(provider => new ServiceCallers(
                    callers, provider.GetRequiredService<KeyFetching>().Http, provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<ICallerGate, CallerGate>();
        }
    }

    private static UploadWorker CreateWorker(IServiceProvider provider) => new(
        provider.GetRequiredService<WorkerOptions>(),
        provider.GetRequiredService<IDocumentStore>(),
        provider.GetRequiredService<IObjectStore>(),
        provider.GetRequiredService<IImageClassifier>(),
        $"{Environment.MachineName}-{NewId()[..8]}",
        provider.GetRequiredService<TimeProvider>(),
        Chance,
        NewId,
        provider.GetRequiredService<ILoggerFactory>());

    private static double Chance() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    private static string NewId() => Guid.NewGuid().ToString("N");
}
