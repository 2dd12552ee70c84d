using Pipeline.Benchmarks.Commands;

return await BenchmarkCommand.RunAsync(args);
