using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Pipeline.Benchmarks.Images;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Fixtures.Format;
using Spectre.Console;

namespace Pipeline.Benchmarks.Commands;

/// <summary><c>images</c>: the stages of photos.</summary>
internal static class ImagesCommand
{
    private const string Folder = "fixtures/perf";
    private const string Model = "functions/Pipeline.Functions/model";

    private static readonly string[] Photos = ["photo_12mp.jpg", "photo_1mp.jpg"];
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, IncludeFields = true };

    public static Command Create()
    {
        var rounds = Numbers.One("--rounds", 1, "Rounds; the figures are medians.", 9);
        var json = new Option<string?>("--json") { Description = "Write the figures to this file too.", HelpName = "file" };
        var command = new Command("images", "Photos through decoding, preprocessing and inference, with the sample model.") { rounds, json };
        command.SetAction(result => Run(result.GetRequiredValue(rounds), result.GetValue(json)));
        return command;
    }

    private static int Run(int rounds, string? json)
    {
        if (!SharedFolder.TryFind(Folder, out var folder) || SharedFolder.Checkout() is not { } checkout)
        {
            Console.Error.WriteLine(SharedFolder.Missing);
            return BenchmarkCommand.UsedWrongly;
        }

        using var figures = json is null ? null : File.Create(json);
        var machine = Machine.Describe();
        var stages = ImageBenchmark.Run(Path.Combine(checkout, Model), [.. Photos.Select(photo => Path.Combine(folder, photo))], rounds, TimeProvider.System);
        var console = Output.Create();
        console.WriteLine(machine);
        console.WriteLine($"{rounds} rounds, ms: median (least)");
        var table = new Table().Border(TableBorder.Markdown).AddColumns("photo", "pixels", "decode", "preprocess", "inference", "sum");
        foreach (var photo in stages)
        {
            table.AddRow(
                photo.Photo,
                $"{photo.Width} x {photo.Height}",
                Milliseconds(photo.Decode),
                Milliseconds(photo.Preprocess),
                Milliseconds(photo.Inference),
                Milliseconds(photo.Sum));
        }

        console.Write(table);
        if (figures is not null)
        {
            JsonSerializer.Serialize(figures, new { machine, photos = stages }, Readable);
        }

        return BenchmarkCommand.Done;
    }

    private static string Milliseconds((double Median, double Least) time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Median:0.0} ({time.Least:0.0})");
}
