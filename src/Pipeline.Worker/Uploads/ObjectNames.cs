using System.Buffers;
using System.Text;

namespace Pipeline.Worker.Uploads;

/// <summary>What an object's name may be.</summary>
public static class ObjectNames
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Whether a name can be an object's: 1 to 1,024 bytes of valid UTF-8.</summary>
    public static bool IsValid(string? name) =>
        !string.IsNullOrEmpty(name) && name.Length <= MaxBytes && IsUnicode(name) && Encoding.UTF8.GetByteCount(name) <= MaxBytes;

    /// <summary>Whether a text has no lone surrogate.</summary>
    public static bool IsUnicode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }
}
