namespace Pipeline.Embedded.Multipart;

/// <summary>The text that stands between the parts, as a content type declares it: bare, or in double or single quotes.</summary>
internal static class MultipartBoundary
{
    private const int MaxLength = 200;

    /// <exception cref="InvalidMultipartException">The content type is no multipart one, or has no usable boundary.</exception>
    public static string Read(string? contentType)
    {
        if (contentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new InvalidMultipartException($"the content type is '{contentType}', it must be multipart/related.");
        }

        var rest = contentType.AsSpan();
        while (SkipPast(ref rest, ';'))
        {
            rest = rest.TrimStart();
            if (rest.StartsWith("boundary", StringComparison.OrdinalIgnoreCase) && rest["boundary".Length..].TrimStart() is ['=', .. var value])
            {
                return Check(ReadValue(value.TrimStart()));
            }
        }

        throw new InvalidMultipartException($"the content type '{contentType}' has no boundary.");
    }

    /// <summary>Moves behind the next mark that stands in no quotes.</summary>
    private static bool SkipPast(ref ReadOnlySpan<char> rest, char mark)
    {
        var quote = '\0';
        for (var index = 0; index < rest.Length; index++)
        {
            var c = rest[index];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == mark)
            {
                rest = rest[(index + 1)..];
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> ReadValue(ReadOnlySpan<char> value)
    {
        if (value is ['"' or '\'', ..])
        {
            var end = value[1..].IndexOf(value[0]);
            return end < 0 ? default : value.Slice(1, end);
        }

        var mark = value.IndexOf(';');
        return (mark < 0 ? value : value[..mark]).TrimEnd();
    }

    private static string Check(ReadOnlySpan<char> boundary)
    {
        if (boundary.Length is 0 or > MaxLength || boundary[^1] == ' ' || boundary.ContainsAnyExceptInRange(' ', '~'))
        {
            throw new InvalidMultipartException($"the boundary has {boundary.Length} characters; it has 1 to {MaxLength} printable ones, the last no space.");
        }

        return boundary.ToString();
    }
}
