using Pipeline.Benchmarks.Engine;
using Pipeline.Benchmarks.Tests.Support;

namespace Pipeline.Benchmarks.Tests.Engine;

public sealed class PerformanceNetTests
{
    [Fact]
    public void Find_AllNets_SixAreConvolutional()
    {
        var nets = PerformanceNet.Find(PerformanceFolder.Find(), []);

        Assert.Equal(8, nets.Length);
        Assert.Equal(
            ["efficientnet_lite0", "inception_v3", "mobilenet_v1", "mobilenet_v2", "mobilenet_v3_large", "resnet50"],
            nets.Where(net => net.IsConvolutional).Select(net => net.Name[..net.Name.LastIndexOf('_')].Replace("_1.0", string.Empty, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Find_BeginningOfAName_GivesThoseNetsWithCasesForBothEngines()
    {
        var nets = PerformanceNet.Find(PerformanceFolder.Find(), ["mobilenet_v3", "vit"]);

        Assert.Equal(["mobilenet_v3_large_224", "vit_tiny_16_224"], nets.Select(net => net.Name));
        Assert.All(nets.SelectMany(net => net.Cases), pair =>
        {
            Assert.EndsWith(".saved_model.zip", pair.SavedModel.Path, StringComparison.Ordinal);
            Assert.EndsWith(".float32.onnx.zip", pair.Onnx.Path, StringComparison.Ordinal);
        });
    }
}
