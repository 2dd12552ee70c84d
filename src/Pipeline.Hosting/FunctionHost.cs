using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting;

/// <summary>Runs functions: one target as a web server, as Cloud Run and Cloud Functions call it.</summary>
public static partial class FunctionHost
{
    /// <summary>Ended as asked.</summary>
    public const int Done = 0;

    /// <summary>Failed, for example because the port is taken.</summary>
    public const int Failed = 1;

    /// <summary>Called or configured wrongly: nothing was started.</summary>
    public const int Misused = 2;

    /// <summary>From the signal to stop until the end: draining and releasing. The platform kills ten seconds after the signal.</summary>
    public static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(8);

    /// <summary>Serves until the process is told to stop. Errors of starting are told on the standard error stream.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(FunctionHostSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        using var trace = StartTrace.Begin(setup.Arguments, setup.Variable, Console.Error, TimeProvider.System);
        WebApplication application;
        try
        {
            application = Create(setup);
        }
        catch (StartupException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Misused;
        }

        await using (application)
        {
            try
            {
                using (StartTrace.Stage("port opened"))
                {
                    await application.StartAsync();
                }
            }
            catch (IOException exception)
            {
                await Console.Error.WriteLineAsync($"The service cannot listen: {exception.Message}");
                await application.StopAsync();
                return Failed;
            }

            var logger = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FunctionHost));
            Log.Serving(logger, string.Join(", ", application.Urls));
            await application.WaitForShutdownAsync();
            Log.Ended(logger);
            return Done;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Serving on {Urls}")]
        public static partial void Serving(ILogger logger, string urls);

        [LoggerMessage(2, LogLevel.Information, "Ended as asked")]
        public static partial void Ended(ILogger logger);
    }
}
