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
        var message = new StringBuilder(template);
        foreach (var (key, value) in values)
        {
            if (key != TemplateKey)
            {
                message.Replace($"{{{key}}}", LogText.Shorten(Text(value)));
            }
        }

        return message.ToString();
    }
}
