using System.Security.Cryptography;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>Size and checksums of bytes as they pass.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private Crc32C _crc;

    public long Size { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _crc.Append(bytes);
        _md5.AppendData(bytes);
        Size += bytes.Length;
    }

    /// <summary>Of all bytes until now; more may follow.</summary>
    public ContentFacts Finish() => new(Size, _crc.Value, Convert.ToBase64String(_md5.GetCurrentHash()));

    public void Dispose() => _md5.Dispose();
}
