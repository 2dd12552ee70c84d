using System.Collections.Immutable;
using System.Net;

namespace Pipeline.Embedded.Endpoint.Access;

/// <summary>
/// The names by which this machine may be called. A page of another site can have its own name resolve to this machine, and is of the same origin
/// then: so a name must be known. An address cannot be resolved to another, so every address may stand there, such as the one by which the Android
/// emulator knows its host.
/// </summary>
internal sealed class HostNames
{
    public const string Rule =
        "this address answers to localhost, to any IP address, and to the names of the setting Pipeline:Embedded:Hosts.";

    private const string Local = "localhost";

    private readonly ImmutableArray<string> _further;

    /// <param name="further">Names besides those of this machine.</param>
    public HostNames(ImmutableArray<string> further)
    {
        _further = further;
    }

    /// <summary>Whether it is a host's name, with no port.</summary>
    public static bool IsValid(string? host) => !string.IsNullOrEmpty(host) && Uri.CheckHostName(host) is not (UriHostNameType.Unknown or UriHostNameType.Basic);

    /// <summary>Whether a name or an address means this machine from its own point of view.</summary>
    public static bool IsThisMachine(string host) =>
        IPAddress.TryParse(host, out var address) && IsWritten(host)
            ? IPAddress.IsLoopback(address)
            : host.Equals(Local, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + Local, StringComparison.OrdinalIgnoreCase);

    /// <param name="host">A name or an address, IPv6 in brackets.</param>
    public bool Knows(string host) =>
        IsThisMachine(host)
        || (IPAddress.TryParse(host, out _) && IsWritten(host))
        || _further.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Not a shortened address, such as a mere number, which a resolver might take for a name.</summary>
    private static bool IsWritten(string host) => host.StartsWith('[') || host.Count(static c => c == '.') == 3;
}
