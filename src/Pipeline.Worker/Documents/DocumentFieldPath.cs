using System.Collections.Immutable;
using System.Text;

namespace Pipeline.Worker.Documents;

/// <summary>
/// The text form of a path to a field: segments joined by <c>.</c>; a segment that is no plain identifier (<c>[A-Za-z_][A-Za-z0-9_]*</c>)
/// stands in back-quotes, where <c>`</c> and <c>\</c> are written with a <c>\</c> before them.
/// </summary>
public static class DocumentFieldPath
{
    /// <summary>Writes a path.</summary>
    /// <param name="segments">At least one, each not empty.</param>
    public static string Format(params ReadOnlySpan<string> segments)
    {
        var text = new StringBuilder();
        foreach (var segment in segments)
        {
            if (text.Length > 0)
            {
                text.Append('.');
            }

            if (IsIdentifier(segment))
            {
                text.Append(segment);
            }
            else
            {
                text.Append('`')
                    .Append(segment.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal))
                    .Append('`');
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">An empty segment, an open back-quote, or a plain segment that is no identifier.</exception>
    public static ImmutableArray<string> Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var segments = ImmutableArray.CreateBuilder<string>();
        var position = 0;
        while (true)
        {
            segments.Add(position < path.Length && path[position] == '`' ? ReadQuoted(path, ref position) : ReadPlain(path, ref position));
            if (position == path.Length)
            {
                return segments.ToImmutable();
            }

            if (path[position] != '.')
            {
                throw Invalid(path, position, "a '.' or the end");
            }

            position++;
        }
    }

    private static string ReadPlain(string path, ref int position)
    {
        var end = path.IndexOf('.', position);
        var segment = end < 0 ? path[position..] : path[position..end];
        if (!IsIdentifier(segment))
        {
            throw Invalid(path, position, "an identifier, or a segment in back-quotes");
        }

        position += segment.Length;
        return segment;
    }

    private static string ReadQuoted(string path, ref int position)
    {
        var segment = new StringBuilder();
        for (var index = position + 1; index < path.Length; index++)
        {
            switch (path[index])
            {
                case '`' when segment.Length > 0:
                    position = index + 1;
                    return segment.ToString();
                case '`':
                    throw Invalid(path, index, "a segment that is not empty");
                case '\\' when index + 1 < path.Length:
                    segment.Append(path[++index]);
                    break;
                default:
                    segment.Append(path[index]);
                    break;
            }
        }

        throw Invalid(path, path.Length, "a closing back-quote");
    }

    private static bool IsIdentifier(string segment) =>
        segment.Length > 0
        && !char.IsAsciiDigit(segment[0])
        && segment.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static FormatException Invalid(string path, int position, string expected) =>
        new($"The field path '{path}' needs {expected} at position {position}.");
}
