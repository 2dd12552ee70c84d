namespace Pipeline.Embedded.Sqlite;

/// <summary>What a database file must contain.</summary>
/// <param name="Name">For messages: what the file holds.</param>
/// <param name="ApplicationId">Stands in the file's header and tells our files from others.</param>
/// <param name="Version">Stands in the header; a change of <paramref name="Statements"/> raises it.</param>
/// <param name="Statements">Creates everything in an empty file.</param>
internal sealed record SqliteSchema(string Name, int ApplicationId, int Version, string Statements);
