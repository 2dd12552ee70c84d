using System.Globalization;
using System.Text;

namespace Pipeline.Cli.Classifying;

/// <summary>Classified files as comma-separated values (RFC 4180): one line each, fields with commas, quotes or line ends in quotes.</summary>
internal static class ClassifyCsv
{
    public const string Header = "file,label,score,error,message";

    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    public static string Line(ClassifiedFile file) => string.Join(
        ',',
        new[] { file.Path, file.Result?.Label, file.Result?.Score?.ToString("0.######", CultureInfo.InvariantCulture), file.ErrorCode, file.ErrorMessage }.Select(Field));

    /// <summary>The header and a line for each file.</summary>
    public static string Write(IEnumerable<ClassifiedFile> files)
    {
        var text = new StringBuilder(Header).Append("\r\n");
        foreach (var file in files)
        {
            text.Append(Line(file)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Field(string? text) =>
        text.AsSpan().ContainsAny(Special) ? $"\"{text!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text ?? "";
}
