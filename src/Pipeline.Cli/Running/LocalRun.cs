using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded;
using Pipeline.Embedded.Delivery;
using Pipeline.Embedded.Endpoint;
using Pipeline.Embedded.Endpoint.Access;
using Pipeline.Embedded.Page;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Firebase.Firestore;
using Pipeline.Functions;
using Pipeline.Hosting;
using Pipeline.Hosting.Startup;
using Pipeline.Worker.Documents;

namespace Pipeline.Cli.Running;

/// <summary>The worker, the local Cloud Storage endpoint and what the platform does around them, in one process.</summary>
internal static class LocalRun
{
    // The platform waits ten seconds before it tries again; on one machine nobody else has to be spared.
    private static readonly TimeSpan FirstRedelivery = TimeSpan.FromSeconds(1);

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(LocalRunOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var worker = CreateWorker(options);
            var places = LocalPlaces.Of(worker.Services);
            var firestore = worker.Services.GetService<FirestoreOptions>();
            var loggers = worker.Services.GetRequiredService<ILoggerFactory>();
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var documents = worker.Services.GetRequiredService<IDocumentStore>();
            if (firestore is not null)
            {
                await FirestoreCheck.RunAsync(firestore, documents, http, cancellationToken);
            }

            using var platform = await LocalPlatform.OpenAsync(PlatformOptions(options, places), http, TimeProvider.System, loggers, cancellationToken);

            using var history = firestore is null ? OpenHistory(worker.Services) : null;
            var page = LocalPageChoice.Create(worker.Services, history, places, platform);
            var requests = CreateTrigger(options, firestore, http, loggers);
            await using var storage = CreateStorage(options, platform, page, requests, worker.Services.GetRequiredService<EndpointAccessOptions>());
            if (page is not null)
            {
                SendToPage(worker, options);
            }

            await worker.StartAsync(cancellationToken);
            await storage.StartAsync(cancellationToken);
            WriteAddresses(options, places, firestore, page is not null);
            var exitCode = ExitCodes.Done;
            if (options.Samples is { } samples)
            {
                exitCode = await SampleRun.RunAsync(samples, StorageAddress(options, places), http, documents, TimeProvider.System, cancellationToken);
            }

            if (!options.Once)
            {
                Console.WriteLine("Serving. Press Ctrl+C to stop.");
                await worker.WaitForShutdownAsync(cancellationToken);
                exitCode = ExitCodes.Done;
            }

            await storage.StopAsync(CancellationToken.None);
            await worker.StopAsync(CancellationToken.None);
            return exitCode;
        }
        catch (StartupException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCodes.UsedWrongly;
        }
        catch (ArgumentException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCodes.UsedWrongly;
        }
        catch (Exception error) when (RunFailures.IsOfTheMachine(error))
        {
            await Console.Error.WriteLineAsync(RunFailures.Describe(error, options));
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return options.Once ? ExitCodes.Failed : ExitCodes.Done;
        }
    }

    private static WebApplication CreateWorker(LocalRunOptions options)
    {
        var setup = options.Settings.Setup(typeof(Serve));
        return FunctionHost.Create(setup with
        {
            Arguments = [.. setup.Arguments, "--port", options.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            Settings = new Dictionary<string, string?>(setup.Settings.Concat(Chosen(options))),

            // What keeps it from starting is told in one sentence at the end.
            Customize = builder => builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None),
        });
    }

    /// <summary>The settings that the command's own options stand for.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> Chosen(LocalRunOptions options)
    {
        yield return new("Pipeline:Hosting:LogLevel", nameof(LogLevel.Warning));

        // The bucket is the folder that this process serves and tells events of, wherever STORAGE_EMULATOR_HOST sends clients.
        yield return new("Pipeline:Storage:Cloud", "false");
        if (options.Bucket is { } bucket)
        {
            yield return new("Pipeline:Buckets:0:Bucket", bucket);
        }

        if (options.Model is { } model)
        {
            yield return new("Pipeline:Models:0:Name", "default");
            yield return new("Pipeline:Models:0:Folder", model);
        }

        if (options.FirestoreEmulator is { } emulator)
        {
            yield return new("Pipeline:Firestore:EmulatorHost", emulator);
        }
    }

    private static LocalPlatformOptions PlatformOptions(LocalRunOptions options, LocalPlaces places) => new(
        places.Buckets,
        new EventDeliveryOptions(WorkerAddress(options, "events/storage")) { InitialBackoff = FirstRedelivery },
        new LocalSchedulerOptions(WorkerAddress(options, "maintain")));

    /// <summary>Only an emulator leaves it to us to tell of its documents.</summary>
    private static RequestTrigger? CreateTrigger(LocalRunOptions options, FirestoreOptions? firestore, HttpClient http, ILoggerFactory loggers) =>
        firestore is { EmulatorHost: not null }
            ? new RequestTrigger(
                firestore,
                new EventDeliveryOptions(WorkerAddress(options, "events/firestore")) { InitialBackoff = FirstRedelivery },
                http,
                TimeProvider.System,
                loggers.CreateLogger<RequestTrigger>())
            : null;

    private static Uri WorkerAddress(LocalRunOptions options, string path) => new($"http://127.0.0.1:{options.Port}/{path}");

    private static SqliteDocumentStore OpenHistory(IServiceProvider worker) =>
        SqliteDocumentStore.Open(worker.GetRequiredService<SqliteDocumentStoreOptions>() with { CheckIntegrity = false }, TimeProvider.System);

    /// <summary>The page shares its address with the storage endpoint that it uploads to; who opens the worker's is sent there.</summary>
    private static void SendToPage(WebApplication worker, LocalRunOptions options) =>
        worker.MapGet("/", context =>
        {
            context.Response.Redirect(PageAddress(options));
            return Task.CompletedTask;
        });

    private static string PageAddress(LocalRunOptions options) => $"http://127.0.0.1:{options.StoragePort}/";

    private static WebApplication CreateStorage(
        LocalRunOptions options, LocalPlatform platform, LocalPage? page, RequestTrigger? requests, EndpointAccessOptions access)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddHostedService(_ => platform);
        if (page is not null)
        {
            builder.Services.AddHostedService(_ => page);
        }

        if (requests is not null)
        {
            builder.Services.AddHostedService(_ => requests);
        }

        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            if (access.AllAddresses)
            {
                kestrel.ListenAnyIP(options.StoragePort);
            }
            else
            {
                kestrel.ListenLocalhost(options.StoragePort);
            }
        });
        var application = builder.Build();
        application.UseRouting();
        application.MapStorageEndpoint(platform.Objects, access);
        if (page is not null)
        {
            application.MapLocalPage(page, access);
        }

        return application;
    }

    private static string StorageAddress(LocalRunOptions options, LocalPlaces places) =>
        $"{PageAddress(options)}upload/storage/v1/b/{places.Bucket}/o?uploadType=media&name=";

    private static void WriteAddresses(LocalRunOptions options, LocalPlaces places, FirestoreOptions? firestore, bool hasPage)
    {
        ImmutableArray<(string Name, string Value)> lines =
        [
            ("page", hasPage ? PageAddress(options) : "not served: following Firestore itself costs reads; use its console"),
            ("worker", $"http://127.0.0.1:{options.Port}  (/health/ready, /classify, /maintain)"),
            ("upload", $"curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' '{StorageAddress(options, places)}photo.jpg'"),
            ("or an app", $"connectStorageEmulator(storage, '127.0.0.1', {options.StoragePort}) with storageBucket '{places.Bucket}'; storage.rules are not evaluated here"),
            ("or copy", $"a picture into {Path.Combine(places.Buckets.Root, places.Bucket)}"),
            ("documents", firestore is null ? places.Documents : FirestoreCheck.Describe(firestore)),
            ("model", string.Join(", ", places.Models)),
        ];
        foreach (var (name, value) in lines)
        {
            Console.WriteLine($"{name,-10} {value}");
        }

        Console.WriteLine();
    }
}
