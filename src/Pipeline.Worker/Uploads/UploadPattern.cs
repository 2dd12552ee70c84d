using System.Collections.Frozen;
using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Uploads;

/// <summary>
/// A pattern of object names: segments joined by <c>/</c>, each a literal text, <c>*</c> (one segment), <c>**</c> (any depth: none or more, at the
/// end one or more) or <c>{name}</c> (one segment, captured). No regular expressions, no normalisation: names compare code unit by code unit.
/// </summary>
internal sealed partial class UploadPattern
{
    private readonly ImmutableArray<Segment> _segments;

    private UploadPattern(string text, ImmutableArray<Segment> segments)
    {
        Text = text;
        _segments = segments;
        Captures = [.. segments.Where(static segment => segment.Kind == SegmentKind.Capture).Select(static segment => segment.Text)];
    }

    private enum SegmentKind
    {
        Literal,
        One,
        Any,
        AnyDepth,
        Capture,
    }

    public string Text { get; }

    /// <summary>The captures' names, in order.</summary>
    public ImmutableArray<string> Captures { get; }

    /// <summary>Reads a pattern; on failure <paramref name="error"/> says what is wrong and what would be right.</summary>
    public static UploadPattern? Parse(string text, out string error)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var parts = text.Split('/');
        for (var index = 0; index < parts.Length; index++)
        {
            var part = parts[index];
            switch (part)
            {
                case "":
                    error = $"segment {index + 1} of '{text}' is empty; a pattern neither begins nor ends with '/'.";
                    return null;
                case "*":
                    segments.Add(new Segment(SegmentKind.One, part));
                    break;
                case "**":
                    if (index == parts.Length - 1)
                    {
                        segments.Add(new Segment(SegmentKind.Any, part));
                    }

                    segments.Add(new Segment(SegmentKind.AnyDepth, part));
                    break;
                case ['{', .. var name, '}'] when IsCaptureName(name):
                    if (!names.Add(name))
                    {
                        error = $"'{text}' captures '{name}' twice; each name stands for one segment.";
                        return null;
                    }

                    segments.Add(new Segment(SegmentKind.Capture, name));
                    break;
                default:
                    if (part.AsSpan().ContainsAny('*', '{', '}'))
                    {
                        error = $"segment '{part}' of '{text}' is neither a literal text nor '*', '**' or '{{name}}' as a whole.";
                        return null;
                    }

                    segments.Add(new Segment(SegmentKind.Literal, part));
                    break;
            }
        }

        error = "";
        return new UploadPattern(text, segments.ToImmutable());
    }

    /// <summary>The captures of a name that matches, else null. Names that end in <c>/</c> never match.</summary>
    public FrozenDictionary<string, string>? Match(string name)
    {
        if (name.EndsWith('/'))
        {
            return null;
        }

        // Each piece between two '**' is put as far left as it fits; only the last '**' ever needs to take one more segment.
        var parts = name.Split('/');
        var captured = new string[_segments.Length];
        var (pattern, part) = (0, 0);
        var (afterDepth, depthEnd) = (-1, 0);
        while (part < parts.Length)
        {
            if (pattern < _segments.Length && _segments[pattern].Kind == SegmentKind.AnyDepth)
            {
                (afterDepth, depthEnd) = (++pattern, part);
            }
            else if (pattern < _segments.Length && _segments[pattern].Takes(parts[part]))
            {
                captured[pattern++] = parts[part++];
            }
            else if (afterDepth >= 0)
            {
                (pattern, part) = (afterDepth, ++depthEnd);
            }
            else
            {
                return null;
            }
        }

        while (pattern < _segments.Length && _segments[pattern].Kind == SegmentKind.AnyDepth)
        {
            pattern++;
        }

        return pattern < _segments.Length ? null : Enumerable.Range(0, _segments.Length)
            .Where(index => _segments[index].Kind == SegmentKind.Capture)
            .ToFrozenDictionary(index => _segments[index].Text, index => captured[index], StringComparer.Ordinal);
    }

    private static bool IsCaptureName(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private readonly record struct Segment(SegmentKind Kind, string Text)
    {
        public string Described => Kind switch
        {
            SegmentKind.Literal => $"'{Text}'",
            SegmentKind.Capture => $"a valid id for {{{Text}}}",
            _ => "any segment that is not empty",
        };

        public bool Takes(string part) => Kind switch
        {
            SegmentKind.Literal => part == Text,
            SegmentKind.One => part.Length > 0,
            SegmentKind.Any => true,
            SegmentKind.Capture => DocumentRequests.IsId(part),
            _ => false,
        };
    }
}
