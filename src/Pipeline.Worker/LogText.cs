namespace Pipeline.Worker;

/// <summary>Texts of users in logs.</summary>
internal static class LogText
{
    private const int MaxLength = 256;

    /// <summary>The beginning of a text, control characters replaced.</summary>
    public static string Of(string? text) => text is null
        ? ""
        : string.Concat((text.Length > MaxLength ? text[..MaxLength] + "…" : text).Select(static c => char.IsControl(c) ? '\uFFFD' : c));
}
