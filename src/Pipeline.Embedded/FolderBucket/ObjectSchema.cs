using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>The tables of the buckets. Times are whole microseconds since 1970; names are UTF-8 bytes, which any name survives.</summary>
internal static class ObjectSchema
{
    public static SqliteSchema Current { get; } = new(
        "objects",
        ApplicationId: 0x506C4F62,
        Steps: [
        """
        CREATE TABLE buckets (
            bucket TEXT PRIMARY KEY,
            last_generation INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE objects (
            bucket TEXT NOT NULL,
            name BLOB NOT NULL,
            generation INTEGER NOT NULL,
            metageneration INTEGER NOT NULL,
            size INTEGER NOT NULL,
            crc32c INTEGER NOT NULL,
            md5 TEXT NOT NULL,
            content_type TEXT,
            content_encoding TEXT,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            PRIMARY KEY (bucket, name)) WITHOUT ROWID;
        CREATE TABLE leftovers (
            bucket TEXT NOT NULL,
            name BLOB NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            PRIMARY KEY (bucket, name)) WITHOUT ROWID;
        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL,
            type TEXT NOT NULL,
            bucket TEXT NOT NULL,
            name BLOB NOT NULL,
            time INTEGER NOT NULL,
            data BLOB NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            due INTEGER NOT NULL,
            dead INTEGER NOT NULL DEFAULT 0,
            last_error TEXT);
        CREATE INDEX events_due ON events (dead, due);
        """,
        """
        ALTER TABLE objects ADD COLUMN cache_control TEXT;
        ALTER TABLE objects ADD COLUMN content_disposition TEXT;
        ALTER TABLE objects ADD COLUMN content_language TEXT;
        ALTER TABLE objects ADD COLUMN metadata TEXT;
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY,
            upload TEXT NOT NULL,
            total INTEGER,
            protocol INTEGER NOT NULL,
            last_piece INTEGER NOT NULL DEFAULT 0,
            expires INTEGER NOT NULL,
            generation INTEGER) WITHOUT ROWID;
        CREATE INDEX sessions_expire ON sessions (expires, generation);
        """,
        ]);
}
