namespace Pipeline.Firebase;

/// <summary>What options of several services are checked for.</summary>
internal static class OptionChecks
{
    /// <summary>Whether a text is a host and a port, and nothing else.</summary>
    public static bool IsHost(string host) =>
        Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var address)
        && address.Host.Length > 0
        && address is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        && !host.Contains('/', StringComparison.Ordinal)
        && host.EndsWith($":{address.Port}", StringComparison.Ordinal)
        && address.Port > 0;

    /// <summary>What is wrong with a time, or null.</summary>
    public static string? Range(string option, TimeSpan value, TimeSpan least, TimeSpan most) =>
        value < least || value > most ? $"{option} is {value}; it may be {least} to {most}." : null;
}
