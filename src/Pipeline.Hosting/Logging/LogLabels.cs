using System.Collections;

namespace Pipeline.Hosting.Logging;

/// <summary>
/// Labels for every log entry within a scope: <c>using var scope = logger.BeginScope(new LogLabels { { "object", name } });</c>
/// Inner scopes win.
/// </summary>
public sealed class LogLabels : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _labels = [];

    public void Add(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        _labels.Add(new(name, value));
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _labels.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', _labels.Select(label => $"{label.Key}={label.Value}"));
}
