using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>The tables of the documents. Times are whole microseconds since 1970, fields are <see cref="DocumentJson"/>.</summary>
internal static class DocumentSchema
{
    public static SqliteSchema Current { get; } = new(
        "documents",
        ApplicationId: 0x506C4463,
        Steps: [
        """
        CREATE TABLE clock (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            last_commit INTEGER NOT NULL);
        INSERT INTO clock VALUES (1, 0);
        CREATE TABLE documents (
            collection TEXT NOT NULL,
            id TEXT NOT NULL,
            fields TEXT NOT NULL,
            create_time INTEGER NOT NULL,
            update_time INTEGER NOT NULL,
            PRIMARY KEY (collection, id));
        CREATE TABLE index_entries (
            collection TEXT NOT NULL,
            number INTEGER NOT NULL,
            key BLOB NOT NULL,
            id TEXT NOT NULL,
            PRIMARY KEY (collection, number, key, id)) WITHOUT ROWID;
        CREATE TABLE history (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            commit_time INTEGER NOT NULL,
            collection TEXT NOT NULL,
            id TEXT NOT NULL,
            fields TEXT);
        """,
        ]);
}
