using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Starting;
using Pipeline.Fixtures.Format;
using Pipeline.Testing.Uploads;
using Spectre.Console;

namespace Pipeline.Benchmarks.Commands;

/// <summary><c>start</c>: from the start of the process to the first label, and the most memory until then.</summary>
internal static class StartCommand
{
    private const string Folder = "fixtures/perf";
    private const string Emulator = "FIRESTORE_EMULATOR_HOST";

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var rounds = Numbers.One("--rounds", 1, "Rounds; the figures are medians.", 7);
        var json = new Option<string?>("--json") { Description = "Write the figures to this file too.", HelpName = "file" };
        var command = new Command("start", "The published programs from their start to the first label, beside an empty application.") { rounds, json };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetRequiredValue(rounds), result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, string? json, CancellationToken cancellationToken)
    {
        if (!SharedFolder.TryFind(Folder, out var folder) || SharedFolder.Checkout() is not { } checkout)
        {
            await Console.Error.WriteLineAsync(SharedFolder.Missing);
            return BenchmarkCommand.UsedWrongly;
        }

        await using var figures = json is null ? null : File.Create(json);
        var machine = Machine.Describe();
        var scratch = Directory.CreateTempSubdirectory("pipeline-start-").FullName;
        try
        {
            await using var objects = await StorageHost.StartAsync(StartCases.Data(scratch), cancellationToken);
            var cases = StartCases.Create(checkout, folder, scratch, objects, Environment.GetEnvironmentVariable(Emulator) is { Length: > 0 } emulator ? emulator : null);
            var results = await StartBenchmark.RunAsync(cases, rounds, new StartRun(TimeProvider.System), Console.Error.WriteLine, cancellationToken);
            Write(machine, rounds, results);
            if (figures is not null)
            {
                await JsonSerializer.SerializeAsync(figures, new { machine, results }, Readable, cancellationToken);
            }

            return BenchmarkCommand.Done;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Write(string machine, int rounds, ImmutableArray<StartResult> results)
    {
        var console = Output.Create();
        console.WriteLine(machine);
        console.WriteLine($"{rounds} rounds; a worker and the empty application until their first answer, a command until its end; memory is the resident peak until then");
        var empty = results[0].MedianMilliseconds;
        var idle = results.Single(result => result.Case.Name == StartCases.IdleHost).PeakMebibytes;
        var table = new Table().Border(TableBorder.Markdown)
            .AddColumns("start", "ms: median (least)", "x empty", "peak MiB", "above the worker without a model", "at most");
        foreach (var result in results)
        {
            var isLoading = result.Case.WeightBytes > 0 && result.PeakMebibytes > 0;
            table.AddRow(
                result.Case.Name,
                Text($"{result.MedianMilliseconds:0} ({result.LeastMilliseconds:0})"),
                Text($"{result.MedianMilliseconds / empty:0.00}"),
                result.PeakMebibytes > 0 ? Text($"{result.PeakMebibytes:0}") : "-",
                isLoading ? Text($"{result.PeakMebibytes - idle:0}") : "-",
                isLoading ? Text($"{result.MostMebibytes:0}") : "-");
        }

        console.Write(table);
        foreach (var result in results.Where(result => result.Trace.Length > 0))
        {
            console.WriteLine();
            console.WriteLine(result.Case.Name);
            console.WriteLine(result.Trace.TrimEnd());
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
