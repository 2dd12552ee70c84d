using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Cli;

/// <summary>What scripts read.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes one value to the standard output stream.</summary>
    public static void Write<T>(T value)
    {
        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, value, Readable);
        output.Write("\n"u8);
    }
}
