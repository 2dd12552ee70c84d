using System.Diagnostics;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans.Threads;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution;

/// <summary>The pool of the process is as large as the processors that it may use.</summary>
public sealed class ProcessorCountTests
{
    private const string Expected = "PIPELINE_TEST_PROCESSORS";

    /// <summary>Says something in the processes that the next test starts.</summary>
    [Fact]
    public void Shared_ThisProcess_HasAsManyThreadsAsItMayUseProcessors()
    {
        var expected = Environment.GetEnvironmentVariable(Expected) is { } told ? int.Parse(told, System.Globalization.CultureInfo.InvariantCulture) : Environment.ProcessorCount;

        Assert.Equal(expected, WorkerPool.Shared.Threads);
        Assert.Equal(expected, new InferenceSession(SmallNet.Build()).Threads);
        Assert.Equal(1, new InferenceSession(SmallNet.Build(), new SessionOptions { Threads = 1 }).Threads);
        Assert.Equal(expected, new InferenceSession(SmallNet.Build(), new SessionOptions { Threads = int.MaxValue }).Threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Tests_OnAnotherNumberOfProcessors_Pass(int processors)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Expected) is not null, "This is the inner process.");
        var number = processors.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Pipeline.Inference.Tests"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var filter in (string[])["*.ProcessorCountTests", "*.ExecutionPlanTests", "*.BoundRunTests"])
        {
            start.ArgumentList.Add("--filter-class");
            start.ArgumentList.Add(filter);
        }

        start.Environment["DOTNET_PROCESSOR_COUNT"] = number;
        start.Environment[Expected] = number;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"{processors} processors: {await output}{await errors}");
    }
}
