using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>The generations of every object, in the order in which they really came to be.</summary>
internal sealed class ObjectTimeline
{
    private readonly Dictionary<string, List<GenerationSpan>> _objects = [];

    public ObjectTimeline(SimulationHistory history)
    {
        for (var index = 0; index < history.Entries.Count; index++)
        {
            switch (history.Entries[index])
            {
                case SimulationEntry.ObjectPut put:
                    End(put.Version.Name, index);
                    SpansOf(put.Version.Name).Add(new GenerationSpan(put.Version.Generation, put.Content, index, int.MaxValue));
                    break;
                case SimulationEntry.ObjectGone gone:
                    End(gone.Version.Name, index);
                    break;
            }
        }
    }

    public IEnumerable<string> Names => _objects.Keys;

    /// <summary>A later generation has a higher place; -1 for one that never was.</summary>
    public int PlaceOf(string name, long generation) => SpansOf(name).FindIndex(span => span.Generation == generation);

    public GenerationSpan? Find(string name, long generation) => SpansOf(name).Find(span => span.Generation == generation);

    /// <summary>What was live when the history had come to this entry.</summary>
    public GenerationSpan? LiveAt(string name, int entry) => SpansOf(name).Find(span => span.From <= entry && entry < span.To);

    /// <summary>The number of the generation that came last.</summary>
    public long NewestOf(string name) => SpansOf(name)[^1].Generation;

    /// <summary>How many generations had come to be by this entry.</summary>
    public int CountAt(string name, int entry) => SpansOf(name).Count(span => span.From <= entry);

    private void End(string name, int index)
    {
        var spans = SpansOf(name);
        if (spans.Count > 0 && spans[^1].To == int.MaxValue)
        {
            spans[^1] = spans[^1] with { To = index };
        }
    }

    private List<GenerationSpan> SpansOf(string name)
    {
        if (!_objects.TryGetValue(name, out var spans))
        {
            _objects[name] = spans = [];
        }

        return spans;
    }
}
