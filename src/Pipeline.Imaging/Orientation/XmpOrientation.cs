namespace Pipeline.Imaging.Orientation;

/// <summary>Finds <c>tiff:Orientation</c> in an XMP packet by its text, as Pillow does: as an attribute or as an element.</summary>
internal static class XmpOrientation
{
    /// <returns>1 to 8, 1 also for another digit; null where the packet does not say.</returns>
    public static int? Read(ReadOnlySpan<byte> packet)
    {
        var name = "tiff:Orientation"u8;
        for (var found = packet.IndexOf(name); found >= 0; found = packet.IndexOf(name))
        {
            packet = packet[(found + name.Length)..];
            var value = packet.StartsWith("=\""u8) ? packet[2..] : packet.StartsWith(">"u8) ? packet[1..] : [];
            if (value.Length > 0 && value[0] is >= (byte)'0' and <= (byte)'9')
            {
                return value[0] is >= (byte)'1' and <= (byte)'8' ? value[0] - '0' : ExifOrientation.Default;
            }
        }

        return null;
    }
}
