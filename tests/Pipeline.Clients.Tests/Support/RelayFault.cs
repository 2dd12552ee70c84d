namespace Pipeline.Clients.Tests.Support;

/// <summary>What a <see cref="Relay"/> does, once, when enough has passed.</summary>
internal enum RelayFault
{
    None,

    /// <summary>Closes the connection on both sides.</summary>
    Break,

    /// <summary>Passes nothing more on, and keeps the connection open.</summary>
    Stall,
}
