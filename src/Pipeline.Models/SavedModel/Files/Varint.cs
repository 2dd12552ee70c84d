namespace Pipeline.Models.SavedModel.Files;

/// <summary>Base-128 numbers, least significant group first, as protobuf and table files write them.</summary>
internal static class Varint
{
    private const int LongestLength = 10;

    /// <param name="length">How many bytes were read.</param>
    /// <returns>False where the bytes end inside the number or it does not fit into 64 bits.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ulong value, out int length)
    {
        value = 0;
        for (length = 0; length < bytes.Length && length < LongestLength;)
        {
            var group = bytes[length];
            if (length == LongestLength - 1 && group > 1)
            {
                return false;
            }

            value |= (ulong)(group & 0x7F) << (7 * length);
            length++;
            if (group < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
