using System.Globalization;
using System.Text;

namespace Pipeline.Testing.Simulation.History;

/// <summary>All that happened in one run, in order.</summary>
public sealed class SimulationHistory
{
    private readonly List<SimulationEntry> _entries = [];
    private readonly List<int> _badLuck = [];
    private readonly Func<int> _countBadLuck;

    /// <param name="layout">Where results and letters lie.</param>
    /// <param name="countBadLuck">How much has gone wrong so far.</param>
    public SimulationHistory(DocumentLayout layout, Func<int> countBadLuck)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(countBadLuck);
        Layout = layout;
        _countBadLuck = countBadLuck;
    }

    public DocumentLayout Layout { get; }

    public IReadOnlyList<SimulationEntry> Entries => _entries;

    public void Add(SimulationEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _entries.Add(entry);
        _badLuck.Add(_countBadLuck());
    }

    /// <summary>How much had gone wrong when an entry was written; equal numbers mean that nothing went wrong between.</summary>
    public int BadLuckAt(int index) => _badLuck[index];

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
