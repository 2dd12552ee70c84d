using System.Diagnostics;
using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting.Tests.Startup;

/// <summary>One class, so that no two of these listen at a time.</summary>
public sealed class StartTraceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    public void Begin_NotAsked_IsNothing(string? value)
    {
        using var output = new StringWriter();

        Assert.Null(StartTrace.Begin(["--port", "80"], _ => value, output, TimeProvider.System));
        Assert.Equal(string.Empty, output.ToString());
    }

    [Fact]
    public void Begin_AskedByFlag_WritesNestedStagesOnceAtTheFirstLabel()
    {
        using var output = new StringWriter();
        using var source = new ActivitySource("Pipeline.Tests");
        using (StartTrace.Begin([StartTrace.Flag], _ => null, output, TimeProvider.System))
        {
            using (source.StartActivity("model read"))
            {
                source.StartActivity("weights packed")!.Dispose();
            }

            source.StartActivity(StartTrace.LastStage)!.Dispose();
            source.StartActivity("afterwards")!.Dispose();
        }

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("  runtime", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("  model read", lines[3], StringComparison.Ordinal);
        Assert.EndsWith("    weights packed", lines[4], StringComparison.Ordinal);
        Assert.EndsWith("  classify", lines[5], StringComparison.Ordinal);
        Assert.StartsWith("Compiled meanwhile: ", lines[6], StringComparison.Ordinal);
        Assert.Equal(7, lines.Length);
    }

    [Fact]
    public void Dispose_NoLabelCame_WritesWhatThereIs()
    {
        using var output = new StringWriter();

        StartTrace.Begin([], name => name == StartTrace.Variable ? "1" : null, output, TimeProvider.System)!.Dispose();

        Assert.Contains("  runtime\n", output.ToString(), StringComparison.Ordinal);
    }
}
