using System.Globalization;
using System.Text;

namespace Pipeline.Hosting.Logging;

/// <summary>A log entry's message with its values shortened.</summary>
internal static class LogMessage
{
    private const string TemplateKey = "{OriginalFormat}";

    /// <summary>The message, where a value is long rendered again from the template with the value shortened.</summary>
    public static string Render<TState>(TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values || !values.Any(IsLong))
        {
            return formatter(state, exception);
        }

        var template = values.FirstOrDefault(value => value.Key == TemplateKey).Value as string;
        return template is null ? LogText.Shorten(formatter(state, exception)) : Fill(template, values);
    }

    /// <summary>The named values of an entry.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Values<TState>(TState state) =>
        state is IReadOnlyList<KeyValuePair<string, object?>> values ? values.Where(value => value.Key != TemplateKey) : [];

    private static bool IsLong(KeyValuePair<string, object?> value) =>
        value.Key != TemplateKey && value.Value is not null && Text(value.Value).Length > LogText.MaxValue;

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Fill(string template, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var message = new StringBuilder();
        var rest = template.AsSpan();
        while (rest.IndexOf('{') is var open and >= 0 && rest[open..].IndexOf('}') is var length and > 0)
        {
            message.Append(rest[..open]).Append(Value(rest.Slice(open + 1, length - 1), values));
            rest = rest[(open + length + 1)..];
        }

        return message.Append(rest).ToString();
    }

    /// <summary>The value of a hole such as <c>Name</c> or <c>Milliseconds:0.0</c>.</summary>
    private static string Value(ReadOnlySpan<char> hole, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var end = hole.IndexOfAny(',', ':');
        var name = (end < 0 ? hole : hole[..end]).ToString();
        var format = hole.IndexOf(':') is var colon and >= 0 ? hole[(colon + 1)..].ToString() : null;
        var value = values.FirstOrDefault(candidate => candidate.Key == name).Value;
        return LogText.Shorten(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : Text(value));
    }
}
