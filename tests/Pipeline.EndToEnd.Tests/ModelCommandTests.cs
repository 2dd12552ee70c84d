using System.Text.Json;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Fixtures.Format;

namespace Pipeline.EndToEnd.Tests;

/// <summary><c>pipeline model</c> as a person types it.</summary>
public sealed class ModelCommandTests
{
    private static readonly string SampleModel = Path.Combine(Programs.Checkout, "functions", "Pipeline.Functions", "model");

    [Fact]
    public async Task Inspect_SampleModelAsJson_GivesPublishedSize()
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync("model", "inspect", SampleModel, "--graph", "--json");

        Assert.True(exitCode == 0, error);
        using var document = JsonDocument.Parse(output);
        var model = document.RootElement;
        Assert.Equal("images", model.GetProperty("inputs")[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, model.GetProperty("inputs")[0].GetProperty("shape")[0].ValueKind);
        Assert.Equal([1, 224, 224, 3], model.GetProperty("shapes").GetProperty("images").EnumerateArray().Select(dimension => dimension.GetInt32()));
        Assert.InRange(model.GetProperty("parameters").GetInt64(), 4_600_000, 4_800_000);
        Assert.InRange(model.GetProperty("multiplyAdds").GetInt64(), 380_000_000, 410_000_000);
        var nodes = model.GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(model.GetProperty("operators").EnumerateArray().Sum(count => count.GetProperty("count").GetInt32()), nodes.Count);
        Assert.Equal(model.GetProperty("multiplyAdds").GetInt64(), nodes.Sum(node => node.GetProperty("multiplyAdds").GetInt64()));
        var planned = model.GetProperty("plannedNodes").EnumerateArray().ToList();
        Assert.InRange(planned.Count, 40, 80);
        Assert.Equal(model.GetProperty("multiplyAdds").GetInt64(), planned.Sum(node => node.GetProperty("multiplyAdds").GetInt64()));
    }

    [Fact]
    public async Task Inspect_BatchOfTwo_DoublesTheWork()
    {
        var one = await InspectAsync("--shape", "1,224,224,3");
        var two = await InspectAsync("--shape", "images=2,224,224,3");

        Assert.Equal(2 * one.GetProperty("multiplyAdds").GetInt64(), two.GetProperty("multiplyAdds").GetInt64());
        Assert.Equal(2 * one.GetProperty("peakValueBytes").GetInt64(), two.GetProperty("peakValueBytes").GetInt64());
        Assert.Equal(one.GetProperty("parameters").GetInt64(), two.GetProperty("parameters").GetInt64());
    }

    [Fact]
    public async Task Inspect_SampleModelAsText_NamesSignatureAndOperators()
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync("model", "inspect", SampleModel, "--graph");

        Assert.True(exitCode == 0, error);
        Assert.All(["serving_default", "probabilities", "DepthwiseConv2D", "385.19 M", "Strides = 2x2"], text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--graph")]
    public async Task Inspect_ModelThatNeedsWhatIsNotBuilt_ListsItAndExitsWith1(string option)
    {
        if (!SharedFolder.TryFind("fixtures/models/conv3d_keras3", out var folder))
        {
            Assert.False(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Skip(SharedFolder.Missing);
        }

        var (exitCode, output, _) = await CommandProcess.RunAsync("model", "inspect", folder, option);

        Assert.Equal(1, exitCode);
        Assert.Contains("Conv3D", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_SampleModelAsJson_GivesFigures()
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync("model", "bench", SampleModel, "--runs", "2", "--json");

        Assert.True(exitCode == 0, error);
        using var document = JsonDocument.Parse(output);
        var figures = document.RootElement;
        Assert.Equal(2, figures.GetProperty("runs").GetInt32());
        Assert.True(figures.GetProperty("p99Ms").GetDouble() >= figures.GetProperty("p50Ms").GetDouble());
        Assert.True(figures.GetProperty("p50Ms").GetDouble() >= figures.GetProperty("leastMs").GetDouble());
        Assert.Equal(
            figures.GetProperty("gigaflops").GetDouble() / figures.GetProperty("peak").GetProperty("bestGigaflops").GetDouble(),
            figures.GetProperty("shareOfPeak").GetDouble(),
            9);
        Assert.True(figures.GetProperty("isPlanned").GetBoolean());
        var steps = figures.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(figures.GetProperty("multiplyAdds").GetInt64(), steps.Sum(step => step.GetProperty("multiplyAdds").GetInt64()));
    }

    [Fact]
    public async Task Bench_SampleModelInterpreted_ListsItsNodes()
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync("model", "bench", SampleModel, "--runs", "1", "--interpret", "--steps");

        Assert.True(exitCode == 0, error);
        Assert.All(["interpreted, 144 nodes", "DepthwiseConv2D", "Softmax", "GFLOP/s"], text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "See: pipeline model inspect --help", "inspect")]
    [InlineData(2, "There is no such folder", "inspect", "/no/such/folder")]
    [InlineData(2, "inputs are images: Float32[?, 224, 224, 3]", "inspect", "MODEL", "--shape", "picture=1")]
    [InlineData(2, "'x' is no dimension", "bench", "MODEL", "--shape", "1,x")]
    [InlineData(2, "input 'images' is Float32[?, 224, 224, 3]", "bench", "MODEL", "--shape", "1,2")]
    [InlineData(2, "at least 1 is needed", "bench", "MODEL", "--runs", "0")]
    [InlineData(1, "expected one named 'other', found 'serving_default'", "inspect", "MODEL", "--signature", "other")]
    [InlineData(1, "expected one tagged {train}", "bench", "MODEL", "--tags", "train")]
    public async Task Misuse_AnyCommand_SaysWhatIsRight(int expected, string message, params string[] arguments)
    {
        var (exitCode, _, error) = await CommandProcess.RunAsync(["model", .. arguments.Select(argument => argument == "MODEL" ? SampleModel : argument)]);

        Assert.Equal(expected, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> InspectAsync(params string[] options)
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync(["model", "inspect", SampleModel, "--json", .. options]);
        Assert.True(exitCode == 0, error);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}
