using System.Collections.Immutable;

namespace Pipeline.Embedded.Sqlite;

/// <summary>What a database file must contain.</summary>
/// <param name="Name">For messages: what the file holds.</param>
/// <param name="ApplicationId">Stands in the file's header and tells our files from others.</param>
/// <param name="Steps">
/// Statements that bring a file from each version to the next, the first from an empty file to version 1. A file keeps all that it holds.
/// A step that was released is never changed; a new one comes behind it.
/// </param>
internal sealed record SqliteSchema(string Name, int ApplicationId, ImmutableArray<string> Steps)
{
    /// <summary>Stands in the file's header.</summary>
    public int Version => Steps.Length;
}
