using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Stores;
using Pipeline.Fixtures.Format;
using Pipeline.Testing.Uploads;
using Spectre.Console;

namespace Pipeline.Benchmarks.Commands;

/// <summary><c>stores</c>: an upload's event with the documents and objects here and there.</summary>
internal static class StoresCommand
{
    private const string Emulator = "FIRESTORE_EMULATOR_HOST";
    private const string Program = "artifacts/publish/Pipeline.Functions/release/Pipeline.Functions.dll";
    private const string Picture = "scripts/samples/coffee.jpg";

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var rounds = Numbers.One("--rounds", 1, "Rounds, a new object in each; the figures are medians.", 100);
        var json = new Option<string?>("--json") { Description = "Write the figures to this file too.", HelpName = "file" };
        var command = new Command("stores", "An upload's event, from its arrival to its acknowledgement, with documents and objects in the stores of this machine and of Google.") { rounds, json };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetRequiredValue(rounds), result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, string? json, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(Emulator) is not { Length: > 0 } firestore)
        {
            await Console.Error.WriteLineAsync($"{Emulator} must say where a Firestore emulator is; scripts/bench.sh stores starts one.");
            return BenchmarkCommand.UsedWrongly;
        }

        if (SharedFolder.Checkout() is not { } checkout || !File.Exists(Path.Combine(checkout, Program)))
        {
            await Console.Error.WriteLineAsync($"{Program} is missing; scripts/bench.sh stores publishes it.");
            return BenchmarkCommand.UsedWrongly;
        }

        await using var figures = json is null ? null : File.Create(json);
        var machine = Machine.Describe();
        var data = Directory.CreateTempSubdirectory("pipeline-stores-").FullName;
        try
        {
            var results = await MeasureAsync(checkout, data, firestore, rounds, cancellationToken);
            Write(machine, rounds, results);
            if (figures is not null)
            {
                await JsonSerializer.SerializeAsync(figures, new { machine, results }, Readable, cancellationToken);
            }

            return BenchmarkCommand.Done;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<ImmutableArray<StoreResult>> MeasureAsync(
        string checkout, string data, string firestore, int rounds, CancellationToken cancellationToken)
    {
        await using var objects = await StorageHost.StartAsync(data, cancellationToken);
        var picture = await File.ReadAllBytesAsync(Path.Combine(checkout, Picture), cancellationToken);
        var workers = ImmutableArray<EventWorker>.Empty;
        try
        {
            foreach (var store in StoreCases.Create(data, firestore, objects.Address))
            {
                workers = workers.Add(await EventWorker.StartAsync(Path.Combine(checkout, Program), store, TimeProvider.System, cancellationToken));
            }

            return await StoreBenchmark.RunAsync(workers, objects, picture, rounds, cancellationToken);
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }
    }

    private static void Write(string machine, int rounds, ImmutableArray<StoreResult> results)
    {
        var console = Output.Create();
        console.WriteLine(machine);
        console.WriteLine($"{rounds} rounds; from the post of an upload's event to its acknowledgement, in warm workers, one at a time");
        var table = new Table().Border(TableBorder.Markdown).AddColumns("stores", "ms: median (least)", "added to the first, ms (median of the rounds)");
        foreach (var result in results)
        {
            table.AddRow(
                result.Name,
                string.Create(CultureInfo.InvariantCulture, $"{result.MedianMilliseconds:0.0} ({result.LeastMilliseconds:0.0})"),
                result == results[0] ? "-" : result.AddedMilliseconds(results[0]).ToString("0.0", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }
}
