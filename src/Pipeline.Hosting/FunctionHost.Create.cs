using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Pipeline.Hosting.CloudEvents;
using Pipeline.Hosting.Functions;
using Pipeline.Hosting.Health;
using Pipeline.Hosting.Logging;
using Pipeline.Hosting.Requests;
using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting;

public static partial class FunctionHost
{
    /// <summary>The application, not started. More endpoints may be mapped on it; they win over a target that answers every path.</summary>
    /// <exception cref="StartupException">Called or configured wrongly; it lists everything that is wrong.</exception>
    public static WebApplication Create(FunctionHostSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        using var stage = StartTrace.Stage("host built");
        var errors = new List<string>();
        var flags = HostFlags.Parse(setup.Arguments, errors);
        var environment = HostEnvironment.Read(flags, setup.Variable, errors);
        var target = new FunctionTargets(setup.Functions).Find(environment.Target, errors);

        // The empty builder reads no ASPNETCORE_ variables: PORT alone says where to listen.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = provider.ValidateScopes = true);
        AddConfiguration(builder.Configuration, flags, setup, errors);
        var reader = new ConfigurationReader(builder.Configuration);
        var options = HostingOptions.Read(reader);
        options = options with { ProjectId = options.ProjectId ?? environment.ProjectId, JsonLogs = options.JsonLogs ?? environment.IsCloudRun };
        AddServices(builder, options);
        Listen(builder, environment);
        Action? meanwhile = null;
        setup.Configure(new FunctionHostContext(builder.Services, reader, options, target, environment.IsCloudRun)
        {
            Variable = setup.Variable,
            Meanwhile = work => meanwhile += work,
        });
        reader.CheckUnknown();
        errors.AddRange(reader.Errors);
        if (target is null || errors.Count > 0)
        {
            throw new StartupException(errors);
        }

        meanwhile?.Invoke();
        FunctionEndpoints.AddFunctions(builder.Services, target);
        setup.Customize?.Invoke(builder);
        var application = builder.Build();
        application.UseMiddleware<RequestScopes>();
        application.UseMiddleware<ErrorAnswers>();
        application.UseMiddleware<RequestLimits>();
        HealthEndpoints.Map(application);
        FunctionEndpoints.Map(application, target);
        return application;
    }

    private static void AddConfiguration(ConfigurationManager configuration, HostFlags flags, FunctionHostSetup setup, List<string> errors)
    {
        try
        {
            var file = setup.SettingsFile ?? Path.Combine(AppContext.BaseDirectory, "appsettings.json");
            configuration.AddJsonFile(Path.GetFullPath(file), optional: setup.SettingsFile is null, reloadOnChange: false);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            errors.Add(exception is InvalidDataException ? $"{exception.Message} {exception.GetBaseException().Message}" : exception.Message);
        }

        configuration.AddEnvironmentVariables();
        configuration.AddInMemoryCollection(setup.Settings);
        ((IConfigurationBuilder)configuration).Add(new FlagConfiguration(flags.Settings));
    }

    private static void AddServices(WebApplicationBuilder builder, HostingOptions options)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<CloudEventReader>();
        services.AddSingleton<Draining>();
        services.AddSingleton<ProjectId>();
        services.AddHostedService<ProjectIdLookup>();
        services.AddRoutingCore();
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = ShutdownTime;
            host.ServicesStopConcurrently = true;
        });
        builder.Logging.SetMinimumLevel(options.LogLevel);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // Between requests the platform takes the processor away, which Kestrel reports as a late heartbeat.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);

        // A port that is taken is told in one line by RunAsync, which every other failure of starting or stopping leaves as an exception.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConsoleFormatter<CloudLoggingFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<ReadableFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(console =>
            console.FormatterName = options.JsonLogs == true ? CloudLoggingFormatter.FormatterName : ReadableFormatter.FormatterName);
    }

    private static void Listen(WebApplicationBuilder builder, HostEnvironment environment)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // RequestLimits has the limit. Kestrel's own would break the connection before the client has read why.
            kestrel.Limits.MaxRequestBodySize = null;
            if (environment.IsContainer)
            {
                kestrel.ListenAnyIP(environment.Port, Plain);
            }
            else
            {
                kestrel.ListenLocalhost(environment.Port, Plain);
            }
        });
    }

    private static void Plain(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;
}
