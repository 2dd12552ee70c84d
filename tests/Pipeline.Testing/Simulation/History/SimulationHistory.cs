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

    /// <summary>One line for each entry, the same for the same run.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var entry in _entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.At:HH:mm:ss.ffffff} ").AppendLine(EntryText.Of(entry));
        }

        return text.ToString();
    }
}
