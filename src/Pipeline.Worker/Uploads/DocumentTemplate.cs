using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Uploads;

/// <summary>The path of a document with captures of a pattern in it: <c>users/{uid}/photos/{photo}</c>.</summary>
internal sealed class DocumentTemplate
{
    private readonly ImmutableArray<string> _segments;

    private DocumentTemplate(ImmutableArray<string> segments)
    {
        _segments = segments;
    }

    /// <summary>Reads a template; on failure <paramref name="error"/> says what is wrong and what would be right.</summary>
    /// <param name="captures">The names that the pattern captures.</param>
    public static DocumentTemplate? Parse(string text, IReadOnlyCollection<string> captures, out string error)
    {
        var segments = text.Split('/');
        error = "";
        if (segments is ["projects", _, "databases", ..])
        {
            error = $"'{text}' names a database; the document lies in the same database as the results and is written without it.";
        }
        else if (segments.Length % 2 != 0)
        {
            error = $"'{text}' has {segments.Length} segments; a document's path has an even number.";
        }
        else
        {
            var bad = segments.FirstOrDefault(segment => CaptureOf(segment) is { } name
                ? !captures.Contains(name)
                : segment.AsSpan().ContainsAny('{', '}') || !DocumentRequests.IsId(segment));
            if (bad is not null)
            {
                error = $"segment '{bad}' of '{text}' is neither a valid id nor a capture of the pattern ({string.Join(", ", captures)}).";
            }
        }

        return error.Length == 0 ? new DocumentTemplate([.. segments]) : null;
    }

    /// <summary>Whether some captures would put the document into a collection.</summary>
    public bool MayLieIn(string collection)
    {
        var other = collection.Split('/');
        return other.Length == _segments.Length - 1
            && other.Zip(_segments).All(static pair => CaptureOf(pair.Second) is not null || pair.First == pair.Second);
    }

    public DocumentPath Resolve(IReadOnlyDictionary<string, string> captures)
    {
        var resolved = _segments.Select(segment => CaptureOf(segment) is { } name ? captures[name] : segment).ToArray();
        return new DocumentPath(string.Join('/', resolved[..^1]), resolved[^1]);
    }

    private static string? CaptureOf(string segment) => segment is ['{', .. var name, '}'] ? name : null;
}
