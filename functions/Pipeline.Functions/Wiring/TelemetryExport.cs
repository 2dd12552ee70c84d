using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Pipeline.Functions.Wiring;

/// <summary>
/// Sends metrics and traces by OTLP, as the standard environment variables say (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its kin). Where none names an
/// endpoint nothing is added, and no part of OpenTelemetry is loaded.
/// </summary>
internal static class TelemetryExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const string Worker = "Pipeline.Worker";

    private static readonly string[] Sources = [Worker, "Microsoft.AspNetCore", "System.Net.Http"];

    private static readonly string[] Meters = [Worker, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    /// <param name="variable">Gives an environment variable, or null.</param>
    public static bool IsWanted(Func<string, string?> variable) =>
        !string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && (IsSet(variable, Endpoint) || IsSet(variable, TracesEndpoint) || IsSet(variable, MetricsEndpoint));

    /// <inheritdoc cref="IsWanted"/>
    public static void Add(IServiceCollection services, Func<string, string?> variable)
    {
        var telemetry = services.AddOpenTelemetry();
        if (!IsSet(variable, ServiceName))
        {
            telemetry.ConfigureResource(resource => resource.AddService(variable("K_SERVICE") is { Length: > 0 } service ? service : "pipeline"));
        }

        if (IsSet(variable, Endpoint) || IsSet(variable, TracesEndpoint))
        {
            telemetry.WithTracing(traces => traces.AddSource(Sources).AddOtlpExporter());
        }

        if (IsSet(variable, Endpoint) || IsSet(variable, MetricsEndpoint))
        {
            telemetry.WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
        }
    }

    private static bool IsSet(Func<string, string?> variable, string name) => !string.IsNullOrEmpty(variable(name));
}
