using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Models.Package;

/// <summary>
/// The SHA-256 of a model. Of a .tflite file: of its bytes. Of a SavedModel: of the sequence <c>path NUL length-in-decimal NUL bytes</c> over
/// <c>saved_model.pb</c> and all files below <c>variables/</c> and <c>assets/</c>, in ordinal order of their paths relative to the folder,
/// which are written with slashes in UTF-8.
/// </summary>
public static class ModelHash
{
    private const int BufferLength = 1 << 17;

    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">A file cannot be read, or changes while it is read.</exception>
    public static string OfSavedModel(string folder, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in RelativePaths(folder).Order(StringComparer.Ordinal))
        {
            using var file = Open(Path.Combine(folder, path));
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{path}\0{file.Length}\0")));
            Append(hash, file, cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">The file cannot be read, or changes while it is read.</exception>
    public static string OfFile(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = Open(path);
        Append(hash, file, cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> RelativePaths(string folder)
    {
        yield return "saved_model.pb";
        foreach (var part in (string[])["variables", "assets"])
        {
            var root = Path.Combine(folder, part);
            foreach (var path in Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories) : [])
            {
                yield return Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            }
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static void Append(IncrementalHash hash, FileStream file, CancellationToken cancellationToken)
    {
        var length = file.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var total = 0L;
            while (file.Read(buffer) is var read && read > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                total += read;
            }

            if (total != length)
            {
                throw new IOException($"{file.Name} changed while it was read: {length} bytes at first, {total} read.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
