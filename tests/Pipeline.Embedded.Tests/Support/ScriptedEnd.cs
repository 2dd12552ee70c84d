namespace Pipeline.Embedded.Tests.Support;

/// <summary>How a <see cref="ScriptedStream"/> ends.</summary>
internal enum ScriptedEnd
{
    /// <summary>With an I/O error.</summary>
    Fault,

    /// <summary>Never: the read hangs and does not notice a cancellation.</summary>
    Stall,
}
