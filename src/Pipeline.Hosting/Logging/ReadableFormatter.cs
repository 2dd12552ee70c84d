using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Pipeline.Hosting.Logging;

/// <summary>Log entries for people: time, severity, message, labels; the stack of errors below.</summary>
internal sealed class ReadableFormatter : ConsoleFormatter
{
    public const string FormatterName = "readable";

    private readonly TimeProvider _time;

    public ReadableFormatter(TimeProvider time)
        : base(FormatterName)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(_time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));
        textWriter.Write($" {CloudLoggingFormatter.Severity(logEntry.LogLevel),-8} ");
        textWriter.Write(LogText.Printable(LogMessage.Render(logEntry.State, logEntry.Exception, logEntry.Formatter)));
        foreach (var (name, value) in LogScope.Collect(scopeProvider).Labels)
        {
            textWriter.Write($"  {name}={LogText.Printable(LogText.Shorten(value))}");
        }

        textWriter.WriteLine();
        if (logEntry.Exception is { } exception)
        {
            foreach (var line in LogText.Of(exception, logEntry.LogLevel).Split('\n'))
            {
                textWriter.WriteLine($"    {LogText.Printable(line.TrimEnd('\r'))}");
            }
        }
    }
}
