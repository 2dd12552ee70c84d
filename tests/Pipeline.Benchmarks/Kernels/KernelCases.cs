using System.Collections.Immutable;
using Pipeline.Inference.Operators;

namespace Pipeline.Benchmarks.Kernels;

/// <summary>The layers that are measured: those that the performance nets have, one of each kind and size.</summary>
internal static class KernelCases
{
    private const int FewestProductsOfTheCore = 64;
    private const int FewChannels = 8;

    private static readonly Extent2D One = new(1, 1);

    public static ImmutableArray<KernelCase> All { get; } =
    [
        .. Pointwise((112, 16, 96), (112, 32, 64), (56, 24, 144), (56, 64, 64), (56, 64, 256), (56, 128, 128), (56, 256, 64), (35, 288, 64), (28, 128, 512)),
        .. Pointwise((28, 144, 32), (28, 256, 512), (28, 512, 128), (17, 768, 192), (14, 96, 576), (14, 256, 1024), (14, 384, 96), (14, 512, 512), (14, 1024, 256)),
        .. Pointwise((8, 1280, 320), (8, 2048, 448), (7, 160, 960), (7, 320, 1280), (7, 512, 2048), (7, 960, 160), (7, 1024, 1024), (7, 2048, 512)),
        Square(147, 32, 64, 3, 1), Square(71, 80, 192, 3, 1), Square(56, 64, 64, 3, 1), Square(56, 128, 128, 3, 2), Square(35, 48, 64, 5, 1), Square(35, 96, 96, 3, 1),
        Square(35, 288, 384, 3, 2), Square(28, 128, 128, 3, 1), Square(14, 256, 256, 3, 1), Square(8, 448, 384, 3, 1), Square(7, 512, 512, 3, 1),
        Convolution(17, 192, 192, new Extent2D(1, 7), 1), Convolution(17, 192, 192, new Extent2D(7, 1), 1), Convolution(8, 384, 384, new Extent2D(1, 3), 1),
        Square(224, 3, 32, 3, 2), Square(224, 3, 64, 7, 2), Square(299, 3, 32, 3, 2),
        Dense(1024, 1000), Dense(1280, 1000), Dense(2048, 1000),
        .. Depthwise(3, 1, (112, 32), (56, 128), (56, 144), (28, 192), (28, 256), (14, 384), (14, 512), (14, 576), (7, 960), (7, 1024)),
        .. Depthwise(3, 2, (112, 64), (112, 96), (56, 144), (28, 256), (14, 576)),
        .. Depthwise(5, 1, (28, 120), (14, 480), (7, 672), (7, 960)),
        .. Depthwise(5, 2, (56, 72), (14, 672)),
        .. Depthwise(7, 1, (56, 96), (28, 192), (14, 384), (7, 768)),
        .. Depthwise(7, 2, (56, 96), (28, 192)),
        Pool(112, 64, 3, 2, mean: false), Pool(147, 64, 3, 2, mean: false), Pool(71, 192, 3, 2, mean: false), Pool(35, 192, 3, 1, mean: true), Pool(17, 768, 3, 1, mean: true),
        Pool(8, 1280, 3, 1, mean: true), GlobalMean(7, 1280), GlobalMean(14, 480),
    ];

    private static IEnumerable<KernelCase> Pointwise(params (int Side, int Inputs, int Outputs)[] layers) =>
        layers.Select(layer => Square(layer.Side, layer.Inputs, layer.Outputs, 1, 1));

    private static KernelCase Square(int side, int inputs, int outputs, int kernel, int stride) =>
        Convolution(side, inputs, outputs, new Extent2D(kernel, kernel), stride);

    private static KernelCase Convolution(int side, int inputs, int outputs, Extent2D kernel, int stride)
    {
        var products = kernel.Height * kernel.Width * inputs;
        var family = inputs <= FewChannels ? KernelFamily.First : products >= FewestProductsOfTheCore ? KernelFamily.Core : KernelFamily.FewProducts;
        return new KernelCase(
            family, $"{kernel.Height}x{kernel.Width} s{stride}, {side}², {inputs} to {outputs}", side, side, inputs,
            new Conv2D(new Extent2D(stride, stride), One, Padding.Same, ValueRange.Relu6), [kernel.Height, kernel.Width, inputs, outputs]);
    }

    private static KernelCase Dense(int inputs, int outputs) => new(
        KernelFamily.Dense, $"{inputs} to {outputs}", 1, 1, inputs, new Dense(false, ValueRange.Unbounded), [inputs, outputs]);

    private static IEnumerable<KernelCase> Depthwise(int kernel, int stride, params (int Side, int Channels)[] layers) => layers.Select(layer => new KernelCase(
        KernelFamily.Depthwise, $"{kernel}x{kernel} s{stride}, {layer.Side}² x {layer.Channels}", layer.Side, layer.Side, layer.Channels,
        new DepthwiseConv2D(new Extent2D(stride, stride), One, Padding.Same, ValueRange.Relu6), [kernel, kernel, layer.Channels, 1]));

    private static KernelCase Pool(int side, int channels, int kernel, int stride, bool mean)
    {
        var (window, strides) = (new Extent2D(kernel, kernel), new Extent2D(stride, stride));
        return new KernelCase(
            KernelFamily.Pooling, $"{(mean ? "mean" : "largest")} {kernel}x{kernel} s{stride}, {side}² x {channels}", side, side, channels,
            mean ? new AveragePool2D(window, strides, Padding.Same) : new MaxPool2D(window, strides, Padding.Same), []);
    }

    private static KernelCase GlobalMean(int side, int channels) => new(
        KernelFamily.Pooling, $"mean of all, {side}² x {channels}", side, side, channels, new Reduce(ReduceFunction.Mean, false), []);
}
