using System.Text;

namespace Pipeline.Functions.Events;

/// <summary>Data that cannot be used, as a dead letter keeps it.</summary>
internal static class EventPayloads
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>The beginning as text; what is no UTF-8 is replaced.</summary>
    public static string ToText(ReadOnlyMemory<byte> payload) => Encoding.UTF8.GetString(payload.Span[..Math.Min(payload.Length, MaxBytes)]);
}
