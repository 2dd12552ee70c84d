namespace Pipeline.Embedded.Multipart;

/// <summary>What follows a boundary, and so what the boundary is.</summary>
internal enum BoundaryTail
{
    /// <summary>Other bytes: it is no boundary but content that begins like one.</summary>
    None,

    /// <summary>The end of the line: the next part begins.</summary>
    Next,

    /// <summary>Two hyphens: there are no more parts.</summary>
    Close,
}
