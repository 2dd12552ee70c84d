using Microsoft.Win32.SafeHandles;

namespace Pipeline.Models.SavedModel.Files;

/// <summary>
/// A file of a model, open for reads at any offset from any thread. It stays open as long as a constant points into it, so that a model
/// whose folder is replaced keeps its own weights; the handle closes itself when the last constant is gone.
/// </summary>
internal sealed class ModelFile
{
    private readonly SafeFileHandle _handle;

    private ModelFile(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        _handle = handle;
        Length = length;
    }

    public string Path { get; }

    /// <summary>In bytes, at opening.</summary>
    public long Length { get; }

    /// <exception cref="InvalidModelException">The file is not there.</exception>
    public static ModelFile Open(string path)
    {
        try
        {
            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new ModelFile(path, handle, RandomAccess.GetLength(handle));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidModelException(path, "file", "to exist", "nothing", error);
        }
    }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>.</summary>
    /// <exception cref="InvalidModelException">The file ends before.</exception>
    public void ReadExactly(long offset, Span<byte> destination)
    {
        var filled = 0;
        while (filled < destination.Length)
        {
            var read = RandomAccess.Read(_handle, destination[filled..], offset + filled);
            if (read == 0)
            {
                throw new InvalidModelException(Path, $"offset {offset}", $"{destination.Length} bytes", $"the end of the file after {filled}");
            }

            filled += read;
        }
    }

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="InvalidModelException">It is longer than <paramref name="limit"/>; nothing was read.</exception>
    public byte[] ReadAll(long limit)
    {
        if (Length > limit)
        {
            throw new InvalidModelException(Path, "file", $"at most {limit} bytes", $"{Length} bytes");
        }

        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)Length));
        ReadExactly(0, bytes);
        return bytes;
    }
}
