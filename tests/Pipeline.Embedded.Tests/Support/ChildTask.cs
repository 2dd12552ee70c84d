namespace Pipeline.Embedded.Tests.Support;

/// <summary>What a child process does.</summary>
internal enum ChildTask
{
    None,

    /// <summary>Commits pairs of documents for ever and prints the number of each answered commit.</summary>
    WritePairs,

    /// <summary>Claims documents that another process claims too and prints how many it got.</summary>
    Claim,

    /// <summary>Uploads, overwrites and deletes objects for ever and prints each that was answered.</summary>
    Upload,

    /// <summary>Increments a counter that another process increments too.</summary>
    Increment,
}
