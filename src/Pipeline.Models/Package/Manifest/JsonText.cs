using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Pipeline.Models.Package.Manifest;

/// <summary>JSON values and paths as text, for messages.</summary>
internal static class JsonText
{
    private const int LongestShown = 60;

    /// <summary>The path of a key below a path: <c>$.input</c>, or <c>$['odd key']</c>.</summary>
    public static string Path(string parent, string key)
    {
        var isPlain = key.Length is > 0 and <= LongestShown && key.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        return isPlain ? $"{parent}.{key}" : $"{parent}['{Printable(Shorten(key))}']";
    }

    public static string List(ImmutableArray<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    /// <summary>The value, shortened.</summary>
    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"an array of {element.GetArrayLength()}",
        JsonValueKind.String => TryText(element, out var text) ? $"\"{Printable(Shorten(text))}\"" : "a text that is not valid Unicode",
        _ => Shorten(element.GetRawText()),
    };

    /// <summary>False where the value is no text, or one with half of a surrogate pair.</summary>
    public static bool TryText(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>False where the name has half of a surrogate pair.</summary>
    public static bool TryName(JsonProperty property, [NotNullWhen(true)] out string? name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = null;
            return false;
        }
    }

    private static string Shorten(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";

    private static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
