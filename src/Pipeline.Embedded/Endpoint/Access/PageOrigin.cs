using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Embedded.Endpoint.Access;

/// <summary>Which pages may use the endpoint: those of this machine, of the host that the request itself names, and configured ones.</summary>
internal sealed class PageOrigin
{
    private readonly ImmutableArray<string> _further;

    /// <param name="further">Origins besides those of this machine.</param>
    public PageOrigin(ImmutableArray<string> further)
    {
        _further = further;
    }

    /// <summary>Whether it is written as browsers send it: scheme, host and, where it is not the scheme's own, the port.</summary>
    public static bool IsValid(string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0
        && origin!.IndexOf("://", StringComparison.Ordinal) is > 0 and var mark
        && origin.AsSpan(mark + 3).IndexOfAny("/?#@ ") < 0;

    /// <param name="origin">The header <c>Origin</c>.</param>
    /// <param name="host">The host that the request was made to, known to be this machine's.</param>
    public bool IsAllowed(string origin, HostString host) =>
        _further.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (IsValid(origin)
            && new Uri(origin) is { Scheme: "http" or "https" } uri
            && (HostNames.IsThisMachine(uri.Host) || uri.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)));
}
