using System.Globalization;

namespace Pipeline.Hosting.Startup;

/// <summary>What the platform tells a process through its environment, flags winning.</summary>
/// <param name="Target">A function type's full name, or null.</param>
/// <param name="Port">1 to 65535, default 8080.</param>
/// <param name="IsContainer">True: listen on every address; false: on loopback only.</param>
/// <param name="IsCloudRun">True where <c>K_SERVICE</c> is set.</param>
/// <param name="ProjectId">Of Google Cloud, or null.</param>
internal sealed record HostEnvironment(string? Target, int Port, bool IsContainer, bool IsCloudRun, string? ProjectId)
{
    public const int DefaultPort = 8080;

    /// <param name="variable">Gives an environment variable, or null.</param>
    public static HostEnvironment Read(HostFlags flags, Func<string, string?> variable, ICollection<string> errors)
    {
        var isCloudRun = IsSet(variable("K_SERVICE"));
        return new HostEnvironment(
            flags.Target ?? NullIfEmpty(variable("FUNCTION_TARGET")),
            ReadPort(flags.Port ?? NullIfEmpty(variable("PORT")), errors),
            isCloudRun || variable("DOTNET_RUNNING_IN_CONTAINER") is { } marker && (marker == "1" || marker.Equals("true", StringComparison.OrdinalIgnoreCase)),
            isCloudRun,
            NullIfEmpty(variable("GOOGLE_CLOUD_PROJECT")) ?? NullIfEmpty(variable("GCLOUD_PROJECT")));
    }

    private static int ReadPort(string? text, ICollection<string> errors)
    {
        if (text is null)
        {
            return DefaultPort;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue)
        {
            return port;
        }

        errors.Add($"The port is '{text}' (PORT or --port) and must be a whole number from 1 to {ushort.MaxValue}.");
        return DefaultPort;
    }

    private static bool IsSet(string? value) => !string.IsNullOrEmpty(value);

    private static string? NullIfEmpty(string? value) => IsSet(value) ? value : null;
}
