using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Pipeline.Hosting.Logging;

/// <summary>Cloud Logging's structured entries: one JSON object a line.</summary>
internal sealed class CloudLoggingFormatter : ConsoleFormatter
{
    public const string FormatterName = "cloud-logging";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly TimeProvider _time;
    private readonly ProjectId _projectId;

    public CloudLoggingFormatter(TimeProvider time, ProjectId projectId)
        : base(FormatterName)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(projectId);
        _time = time;
        _projectId = projectId;
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var scope = LogScope.Collect(scopeProvider);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("severity", Severity(logEntry.LogLevel));
            json.WriteString("time", _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("message", LogMessage.Render(logEntry.State, logEntry.Exception, logEntry.Formatter));
            json.WriteString("category", logEntry.Category);
            WriteException(json, logEntry.LogLevel, logEntry.Exception);
            WriteTrace(json, scope);
            WriteLabels(json, scope);
            WriteValues(json, logEntry.State);
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    internal static string Severity(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "CRITICAL",
        _ => "DEFAULT",
    };

    private static void WriteException(Utf8JsonWriter json, LogLevel level, Exception? exception)
    {
        if (exception is not null)
        {
            json.WriteString("exception", LogText.Of(exception, level));
        }
    }

    private void WriteTrace(Utf8JsonWriter json, LogScope scope)
    {
        if (_projectId.Value is not { } projectId || scope.Request?.Trace is not { } trace)
        {
            return;
        }

        json.WriteString("logging.googleapis.com/trace", $"projects/{projectId}/traces/{trace.TraceId}");
        if (trace.SpanId is not null)
        {
            json.WriteString("logging.googleapis.com/spanId", trace.SpanId);
        }

        if (trace.IsSampled is { } sampled)
        {
            json.WriteBoolean("logging.googleapis.com/trace_sampled", sampled);
        }
    }

    private static void WriteLabels(Utf8JsonWriter json, LogScope scope)
    {
        if (scope.Labels.Count == 0)
        {
            return;
        }

        json.WriteStartObject("logging.googleapis.com/labels");
        foreach (var (name, value) in scope.Labels)
        {
            json.WriteString(name, LogText.Shorten(value));
        }

        json.WriteEndObject();
    }

    private static void WriteValues<TState>(Utf8JsonWriter json, TState state)
    {
        var isOpen = false;
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in LogMessage.Values(state))
        {
            if (!written.Add(name))
            {
                continue;
            }

            if (!isOpen)
            {
                json.WriteStartObject("values");
                isOpen = true;
            }

            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        if (isOpen)
        {
            json.WriteEndObject();
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case TimeSpan duration:
                json.WriteStringValue(duration.ToString("c", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time);
                break;
            default:
                json.WriteStringValue(LogText.Shorten(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));
                break;
        }
    }
}
