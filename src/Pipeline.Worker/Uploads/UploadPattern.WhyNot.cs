namespace Pipeline.Worker.Uploads;

internal sealed partial class UploadPattern
{
    /// <summary>Why a name does not match: the first segment that fits in no way, and what was wanted there. Without a full stop.</summary>
    /// <param name="name">One that does not match.</param>
    public string WhyNot(string name)
    {
        if (name.EndsWith('/'))
        {
            return "the name ends with '/', as folders do";
        }

        var parts = name.Split('/');
        var states = new SortedSet<int>(Closure([0]));
        for (var part = 0; part < parts.Length; part++)
        {
            var next = new SortedSet<int>(Closure(Step(states, parts[part])));
            if (next.Count == 0)
            {
                var wanted = states.Where(state => state < _segments.Length).Select(state => _segments[state]).Where(static segment => segment.Kind != SegmentKind.AnyDepth);
                var words = string.Join(" or ", wanted.Select(static segment => segment.Described).Distinct());
                return words.Length == 0
                    ? $"it ends before '{parts[part]}', segment {part + 1} of the name"
                    : $"segment {part + 1} of the name is '{parts[part]}', where it wants {words}";
            }

            states = next;
        }

        var missing = _segments[states.Min];
        return $"the name ends where it wants {(missing.Kind == SegmentKind.AnyDepth ? _segments[^1] : missing).Described}";
    }

    /// <summary>The places in the pattern that a segment leads to.</summary>
    internal IEnumerable<int> Step(IEnumerable<int> states, string part) =>
        states.Where(state => state < _segments.Length && (_segments[state].Kind == SegmentKind.AnyDepth || _segments[state].Takes(part)))
            .Select(state => _segments[state].Kind == SegmentKind.AnyDepth ? state : state + 1);

    /// <summary>The places with all that can be reached from them without a segment: <c>**</c> may take none.</summary>
    internal IEnumerable<int> Closure(IEnumerable<int> states)
    {
        foreach (var state in states)
        {
            for (var place = state; ; place++)
            {
                yield return place;
                if (place == _segments.Length || _segments[place].Kind != SegmentKind.AnyDepth)
                {
                    break;
                }
            }
        }
    }

    /// <summary>The place where everything has been matched.</summary>
    internal int End => _segments.Length;

    /// <summary>The literal texts in it.</summary>
    internal IEnumerable<string> Literals => _segments.Where(static segment => segment.Kind == SegmentKind.Literal).Select(static segment => segment.Text);
}
