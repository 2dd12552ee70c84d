using Microsoft.Extensions.Logging;

namespace Pipeline.Hosting.Logging;

/// <summary>What the scopes around a log entry add to it.</summary>
internal sealed class LogScope
{
    private readonly SortedDictionary<string, string> _labels = new(StringComparer.Ordinal);

    private LogScope()
    {
    }

    public RequestScope? Request { get; private set; }

    public IReadOnlyDictionary<string, string> Labels => _labels;

    public static LogScope Collect(IExternalScopeProvider? provider)
    {
        var scope = new LogScope();
        provider?.ForEachScope(static (current, collected) => collected.Add(current), scope);
        return scope;
    }

    private void Add(object? scope)
    {
        if (scope is RequestScope request)
        {
            Request = request;
            _labels["execution_id"] = request.ExecutionId;
        }
        else if (scope is LogLabels labels)
        {
            foreach (var (name, value) in labels)
            {
                _labels[name] = value;
            }
        }
    }
}
