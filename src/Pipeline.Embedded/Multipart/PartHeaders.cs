namespace Pipeline.Embedded.Multipart;

/// <summary>What stands at the head of a part.</summary>
/// <param name="ContentType">Null where none is said.</param>
internal sealed record PartHeaders(string? ContentType)
{
    private static readonly string[] Plain = ["binary", "8bit", "7bit"];

    /// <exception cref="InvalidMultipartException">A line is no header, or the part is encoded.</exception>
    public static PartHeaders Parse(IEnumerable<string> lines)
    {
        string? contentType = null;
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new InvalidMultipartException($"a part's head has the line '{line}', which is no header.");
            }

            var value = line[(colon + 1)..].Trim();
            switch (line[..colon].TrimEnd().ToUpperInvariant())
            {
                case "CONTENT-TYPE":
                    contentType = value;
                    break;
                case "CONTENT-TRANSFER-ENCODING" when !Plain.Contains(value, StringComparer.OrdinalIgnoreCase):
                    throw new InvalidMultipartException($"a part has the transfer encoding '{value}'; bytes must come as they are.");
                default:
                    break;
            }
        }

        return new PartHeaders(contentType);
    }
}
