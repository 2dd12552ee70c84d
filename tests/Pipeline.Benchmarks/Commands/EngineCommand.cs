using System.Collections.Immutable;
using System.CommandLine;
using Pipeline.Benchmarks.Engine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Fixtures.Format;
using Spectre.Console;

namespace Pipeline.Benchmarks.Commands;

/// <summary><c>engine</c>: nets beside ONNX Runtime.</summary>
internal static class EngineCommand
{
    private const string Folder = "fixtures/perf";

    public static Command Create()
    {
        var nets = new Option<string[]>("--nets")
        {
            Description = "Beginnings of names of nets. Default: all.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var threads = Numbers.Many("--threads", 1, "Threads; several numbers are measured one after another.", 1);
        var rounds = Numbers.One("--rounds", 1, "Rounds of each net; the figures are medians.", 5);
        var budget = Numbers.One("--budget", 1, "Seconds after which no further round of a net begins.", 60);
        var spinning = new Option<bool>("--no-spinning") { Description = "ONNX Runtime's threads sleep while they wait for work. Default: they spin, as it does by default." };
        var interpret = new Option<bool>("--interpret") { Description = "Our engine interprets, the slow reference, instead of compiling plans." };
        var json = new Option<string?>("--json") { Description = "Write the figures to this file too.", HelpName = "file" };
        var command = new Command("engine", "The engine beside ONNX Runtime: the same nets, pictures and threads, in turn.") 
        {
            nets,
            threads,
            rounds,
            budget,
            spinning,
            interpret,
            json,
        };
        command.SetAction(result => Run(
            result.GetRequiredValue(nets),
            new EngineBenchmarkOptions(
                [.. result.GetRequiredValue(threads)],
                result.GetRequiredValue(rounds),
                TimeSpan.FromSeconds(result.GetRequiredValue(budget)),
                !result.GetValue(spinning),
                !result.GetValue(interpret)),
            result.GetValue(json)));
        return command;
    }

    private static int Run(IReadOnlyList<string> names, EngineBenchmarkOptions options, string? json)
    {
        if (!SharedFolder.TryFind(Folder, out var folder))
        {
            Console.Error.WriteLine(SharedFolder.Missing);
            return BenchmarkCommand.UsedWrongly;
        }

        var nets = PerformanceNet.Find(folder, names);
        if (nets.IsEmpty)
        {
            Console.Error.WriteLine($"No net is called so; there are {string.Join(", ", PerformanceNet.Find(folder, []).Select(net => net.Name))}.");
            return BenchmarkCommand.UsedWrongly;
        }

        // A file that cannot be written is told before minutes are spent.
        using var figures = json is null ? null : File.Create(json);
        var console = Output.Create();
        console.WriteLine(Machine.Describe());
        console.WriteLine(
            $"ONNX Runtime {OnnxRuntimeEngine.Version}: ORT_ENABLE_ALL, sequential, allow_spinning={(options.AllowSpinning ? 1 : 0)}, preallocated values. "
            + $"{options.Rounds} rounds; blocks of at least {AlternatingRounds.BlockLength.TotalMilliseconds:0} ms behind a run that is dropped alternate with "
            + $"a pause of {AlternatingRounds.Pause.TotalMilliseconds:0} ms; ratio: median of the rounds'.");
        var results = Measure(nets, options);
        EngineReport.Write(console, results);
        if (figures is not null)
        {
            EngineJson.Write(figures, results, options);
        }

        return results.All(result => result.Times is not null) ? BenchmarkCommand.Done : BenchmarkCommand.Incomplete;
    }

    private static List<NetResult> Measure(ImmutableArray<PerformanceNet> nets, EngineBenchmarkOptions options)
    {
        using var never = new ManualResetEventSlim();
        var benchmark = new EngineBenchmark(options, new AlternatingRounds(TimeProvider.System, pause => never.Wait(pause)), TimeProvider.System);
        var results = new List<NetResult>();
        foreach (var net in nets)
        {
            Console.Error.WriteLine($"{net.Name} …");
            results.AddRange(benchmark.Run(net));
        }

        return results;
    }
}
