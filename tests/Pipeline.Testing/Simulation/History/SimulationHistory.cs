using System.Globalization;
using System.Text;

namespace Pipeline.Testing.Simulation.History;

/// <summary>All that happened in one run, in order.</summary>
public sealed class SimulationHistory
{
    private readonly List<SimulationEntry> _entries = [];

    /// <param name="layout">Where results and letters lie.</param>
    public SimulationHistory(DocumentLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
    }

    public DocumentLayout Layout { get; }

    public IReadOnlyList<SimulationEntry> Entries => _entries;

    public void Add(SimulationEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _entries.Add(entry);
    }

    /// <summary>One entry in words.</summary>
    public string Line(int index) => string.Create(CultureInfo.InvariantCulture, $"{_entries[index].At:HH:mm:ss.ffffff} {EntryText.Of(_entries[index])}");

    /// <summary>One line for each entry, the same for the same run.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var index = 0; index < _entries.Count; index++)
        {
            text.AppendLine(Line(index));
        }

        return text.ToString();
    }
}
