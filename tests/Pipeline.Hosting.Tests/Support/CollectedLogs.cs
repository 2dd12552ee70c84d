using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Pipeline.Hosting.Logging;

namespace Pipeline.Hosting.Tests.Support;

/// <summary>Keeps what is logged, as a formatter writes it.</summary>
public sealed class CollectedLogs : ILoggerProvider, ISupportExternalScope
{
    private readonly ConsoleFormatter _formatter;
    private readonly ConcurrentQueue<string> _entries = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public CollectedLogs()
        : this(new CloudLoggingFormatter(TimeProvider.System, new ProjectId(new HostingOptions { ProjectId = "some-project" })))
    {
    }

    internal CollectedLogs(ConsoleFormatter formatter)
    {
        _formatter = formatter;
    }

    /// <summary>One for each entry, as written, with its line ends.</summary>
    public IReadOnlyCollection<string> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Writer(CollectedLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logs._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var writer = new StringWriter();
            logs._formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), logs._scopes, writer);
            logs._entries.Enqueue(writer.ToString());
        }
    }
}
