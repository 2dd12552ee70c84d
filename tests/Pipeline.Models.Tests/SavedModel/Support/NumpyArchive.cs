using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Pipeline.Models.Tests.SavedModel.Support;

/// <summary>Reads the float32 arrays of a <c>.npz</c> file.</summary>
internal static class NumpyArchive
{
    private const int HeaderLengthOffset = 8;

    public static Dictionary<string, float[]> Read(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return archive.Entries.ToDictionary(entry => Path.GetFileNameWithoutExtension(entry.Name), ReadArray);
    }

    private static float[] ReadArray(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        var start = HeaderLengthOffset + 2 + BitConverter.ToUInt16(bytes, HeaderLengthOffset);
        return Encoding.ASCII.GetString(bytes, 0, start).Contains("'<f4'", StringComparison.Ordinal)
            ? MemoryMarshal.Cast<byte, float>(bytes.AsSpan(start)).ToArray()
            : throw new NotSupportedException($"{entry.Name} holds no float32.");
    }
}
