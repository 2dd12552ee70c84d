namespace Pipeline.Embedded.Sqlite;

/// <summary>How one database file is used.</summary>
/// <param name="Path">The file; its folder is created.</param>
/// <param name="BusyTimeout">How long a write waits for other processes' writes.</param>
/// <param name="MaxBytes">The size the file may reach, or null for the disk's.</param>
/// <param name="CheckIntegrity">Whether opening reads the whole file and checks it.</param>
internal sealed record SqliteSettings(string Path, TimeSpan BusyTimeout, long? MaxBytes, bool CheckIntegrity);
