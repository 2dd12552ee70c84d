using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Pipeline.Cli.Classifying;

/// <summary>Prints classified files.</summary>
internal static class ClassifyReport
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IReadOnlyList<ClassifiedFile> results, ClassifyFormat format)
    {
        switch (format)
        {
            case ClassifyFormat.Json:
                WriteJson(results);
                break;
            case ClassifyFormat.Csv:
                Console.Write(ClassifyCsv.Write(results));
                break;
            default:
                WriteTable(results);
                break;
        }
    }

    private static void WriteTable(IReadOnlyList<ClassifiedFile> results)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("file", "label", "score", "next", "ms");
        foreach (var file in results)
        {
            var cells = file.Result is { } result
                ? [Shown(file.Path), result.Label ?? "(none passes its threshold)", Score(result.Score), Others(result), Milliseconds(result)]
                : new[] { Shown(file.Path), file.ErrorCode!, string.Empty, file.ErrorMessage!, string.Empty };
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        TableOutput.Create().Write(table);
    }

    private static void WriteJson(IReadOnlyList<ClassifiedFile> results)
    {
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, Readable))
        {
            writer.WriteStartArray();
            foreach (var file in results)
            {
                WriteJson(writer, file);
            }

            writer.WriteEndArray();
        }

        output.Write("\n"u8);
    }

    private static void WriteJson(Utf8JsonWriter writer, ClassifiedFile file)
    {
        writer.WriteStartObject();
        writer.WriteString("file", file.Path);
        if (file.Result is not { } result)
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", file.ErrorCode);
            writer.WriteString("message", file.ErrorMessage);
            writer.WriteEndObject();
            writer.WriteEndObject();
            return;
        }

        writer.WriteString("label", result.Label);
        if (result.Score is { } score)
        {
            writer.WriteNumber("score", score);
        }
        else
        {
            writer.WriteNull("score");
        }

        writer.WriteStartArray("labels");
        foreach (var label in result.Labels)
        {
            writer.WriteStartObject();
            writer.WriteString("label", label.Label);
            writer.WriteNumber("score", label.Score);
            writer.WriteNumber("index", label.Index);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("timings");
        writer.WriteNumber("decodeMs", Math.Round(result.Timings.Decode.TotalMilliseconds, 2));
        writer.WriteNumber("preprocessMs", Math.Round(result.Timings.Preprocess.TotalMilliseconds, 2));
        writer.WriteNumber("inferenceMs", Math.Round(result.Timings.Inference.TotalMilliseconds, 2));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The shorter of the path as it was found and as seen from the current folder.</summary>
    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.Length < path.Length ? relative : path;
    }

    private static string Score(double? score) => score?.ToString("0.000", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Others(Worker.Classification.ImageClassification result) =>
        string.Join(", ", result.Labels.Skip(1).Take(2).Select(label => string.Create(CultureInfo.InvariantCulture, $"{label.Label} {label.Score:0.000}")));

    private static string Milliseconds(Worker.Classification.ImageClassification result) =>
        (result.Timings.Decode + result.Timings.Preprocess + result.Timings.Inference).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
