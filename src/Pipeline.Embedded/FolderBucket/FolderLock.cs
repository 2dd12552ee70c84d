using System.Globalization;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>Held by the one process that takes uploads into a folder. The system frees it when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file)
    {
        _file = file;
    }

    /// <exception cref="FolderInUseException">Another process, or another part of this one, holds it.</exception>
    public static FolderLock Take(FolderLayout layout)
    {
        FileStream file;
        try
        {
            file = new FileStream(layout.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new FolderInUseException(layout.LockPath, exception);
        }

        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new FolderLock(file);
    }

    public void Dispose() => _file.Dispose();
}
