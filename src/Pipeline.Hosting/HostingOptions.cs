using Microsoft.Extensions.Logging;
using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting;

/// <summary>The settings under <c>Pipeline:Hosting</c>.</summary>
public sealed record HostingOptions
{
    private static readonly TimeSpan MaxDrainTime = TimeSpan.FromSeconds(7);

    /// <summary>The most bytes of an event's body. 1 KiB to 64 MiB, default 16 MiB: a Pub/Sub message of 10 MB in base64 fits.</summary>
    public long MaxEventBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most bytes of any request's body. 1 KiB to 1 GiB, default 32 MiB: Cloud Run's own limit.</summary>
    public long MaxRequestBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How long requests may go on after the signal to stop. 0 to 7 s, default 3 s; what is left of 8 s is for releasing.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>True: one JSON object a line; false: for people; null (default): JSON on Cloud Run only.</summary>
    public bool? JsonLogs { get; init; }

    /// <summary>The least severe level that is logged. Default Information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The Google Cloud project that log entries name in their trace; null leaves the trace out.</summary>
    public string? ProjectId { get; init; }

    internal static HostingOptions Read(ConfigurationReader reader)
    {
        var defaults = new HostingOptions();
        return new HostingOptions
        {
            MaxEventBytes = reader.Integer("Hosting:MaxEventBytes", defaults.MaxEventBytes, 1024, 64L * 1024 * 1024),
            MaxRequestBytes = reader.Integer("Hosting:MaxRequestBytes", defaults.MaxRequestBytes, 1024, 1024L * 1024 * 1024),
            DrainTime = ReadDrainTime(reader, defaults.DrainTime),
            JsonLogs = reader.OptionalBoolean("Hosting:JsonLogs"),
            LogLevel = reader.OneOf("Hosting:LogLevel", defaults.LogLevel),
            ProjectId = reader.OptionalText("ProjectId"),
        };
    }

    private static TimeSpan ReadDrainTime(ConfigurationReader reader, TimeSpan defaultValue)
    {
        var drainTime = reader.Duration("Hosting:DrainTime", defaultValue);
        if (drainTime < TimeSpan.Zero || drainTime > MaxDrainTime)
        {
            reader.AddError($"{ConfigurationReader.Root}:Hosting:DrainTime is {drainTime} and must be from 0s to {MaxDrainTime.TotalSeconds}s.");
        }

        return drainTime;
    }
}
