namespace Pipeline.Embedded.FolderBucket;

/// <summary>Tells a full disk from other faults.</summary>
internal static class DiskErrors
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool IsFull(IOException exception) =>
        exception.HResult == WindowsDiskFull || (!OperatingSystem.IsWindows() && exception.HResult is NoSpace or QuotaExceeded);
}
