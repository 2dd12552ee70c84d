using System.Collections.Immutable;

namespace Pipeline.Embedded.Endpoint.Access;

/// <summary>Whose pages may use the endpoint and by which names it may be called, besides this machine's own.</summary>
/// <param name="Origins">Further pages' origins, for example <c>https://app.example:5173</c>.</param>
/// <param name="Hosts">Further host names without a port, for example <c>pipeline</c>.</param>
public sealed record EndpointAccessOptions(ImmutableArray<string> Origins, ImmutableArray<string> Hosts)
{
    /// <summary>Whether it listens on every address of this machine, so that other machines and containers reach it. Nobody is asked who he is. Default false.</summary>
    public bool AllAddresses { get; init; }

    /// <summary>This machine's own pages and names only.</summary>
    public static EndpointAccessOptions ThisMachine { get; } = new([], []);

    /// <exception cref="ArgumentException">They are wrong; the message names everything.</exception>
    internal static EndpointAccessOptions Checked(EndpointAccessOptions? options)
    {
        var access = options ?? ThisMachine;
        return access.Validate().ToArray() is { Length: > 0 } faults
            ? throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options))
            : access;
    }

    /// <summary>Everything that is wrong, each with the option's name and what would be right.</summary>
    public IEnumerable<string> Validate() =>
    [
        .. Origins.Where(static origin => !PageOrigin.IsValid(origin))
            .Select(static origin => $"{nameof(Origins)} holds '{origin}'; it must be an origin as browsers send it: SCHEME://HOST or SCHEME://HOST:PORT, without a path."),
        .. Hosts.Where(static host => !HostNames.IsValid(host))
            .Select(static host => $"{nameof(Hosts)} holds '{host}'; it must be a host's name without scheme, port and path."),
    ];
}
