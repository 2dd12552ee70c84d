using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Operators that slide a window over pictures.</summary>
internal static class ConvolutionTranslators
{
    private static readonly int[] Ones = [1, 1, 1, 1];

    public static Dictionary<string, NodeTranslator> All { get; } = new(StringComparer.Ordinal)
    {
        ["Conv2D"] = Convolution,
        ["DepthwiseConv2dNative"] = Depthwise,
        ["FusedPadConv2D"] = PaddedConvolution,
        ["MaxPool"] = MaxPool,
        ["MaxPoolV2"] = MaxPoolOfInputs,
        ["AvgPool"] = AveragePool,
        ["SpaceToDepth"] = SpaceToDepth,
        ["DepthToSpace"] = DepthToSpace,
    };

    private static IReadOnlyList<Value> Convolution(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.Ignore("use_cudnn_on_gpu");
        var format = DataFormat.Read(node);
        var convolution = new Conv2D(
            format.Window(node.Attributes.Int32List("strides"), "strides"),
            format.Window(node.Attributes.Int32List("dilations", Ones), "dilations"),
            format.ReadPadding(),
            ValueRange.Unbounded);
        return [format.FromEngine(node.Add(convolution, format.ToEngine(node.Input(0)), node.Input(1)))];
    }

    private static IReadOnlyList<Value> Depthwise(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var format = DataFormat.Read(node);
        var convolution = new DepthwiseConv2D(
            format.Window(node.Attributes.Int32List("strides"), "strides"),
            format.Window(node.Attributes.Int32List("dilations", Ones), "dilations"),
            format.ReadPadding(),
            ValueRange.Unbounded);
        return [format.FromEngine(node.Add(convolution, format.ToEngine(node.Input(0)), node.Input(1)))];
    }

    private static IReadOnlyList<Value> PaddedConvolution(NodeTranslation node)
    {
        node.ExpectInputs(3);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var mode = node.Attributes.Text("mode") switch
        {
            "REFLECT" => PadMode.Reflect,
            "SYMMETRIC" => PadMode.Symmetric,
            var other => throw node.Invalid("attribute 'mode'", "REFLECT or SYMMETRIC", $"'{other}'"),
        };
        var format = DataFormat.Read(node);
        var convolution = new Conv2D(
            format.Window(node.Attributes.Int32List("strides"), "strides"), new Extent2D(1, 1), format.ReadPadding(), ValueRange.Unbounded);
        var padded = node.Add(new Pad(mode), node.Input(0), node.Input(1));
        return [node.Add(convolution, padded, node.Input(2))];
    }

    private static IReadOnlyList<Value> MaxPool(NodeTranslation node)
    {
        node.ExpectInputs(1);
        return MaxPool(node, node.Attributes.Int32List("ksize"), node.Attributes.Int32List("strides"));
    }

    private static IReadOnlyList<Value> MaxPoolOfInputs(NodeTranslation node)
    {
        node.ExpectInputs(3);
        return MaxPool(node, node.ConstantInts(1, "ksize", 4), node.ConstantInts(2, "strides", 4));
    }

    private static IReadOnlyList<Value> MaxPool(NodeTranslation node, int[] kernel, int[] strides)
    {
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var format = DataFormat.Read(node);
        var pool = new MaxPool2D(format.Window(kernel, "ksize"), format.Window(strides, "strides"), format.ReadPadding());
        return [format.FromEngine(node.Add(pool, format.ToEngine(node.Input(0))))];
    }

    private static IReadOnlyList<Value> AveragePool(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var format = DataFormat.Read(node);
        var pool = new AveragePool2D(
            format.Window(node.Attributes.Int32List("ksize"), "ksize"), format.Window(node.Attributes.Int32List("strides"), "strides"), format.ReadPadding());
        return [format.FromEngine(node.Add(pool, format.ToEngine(node.Input(0))))];
    }

    private static IReadOnlyList<Value> SpaceToDepth(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var format = DataFormat.Read(node);
        return [format.FromEngine(node.Add(new SpaceToDepth(ReadBlockSize(node)), format.ToEngine(node.Input(0))))];
    }

    private static IReadOnlyList<Value> DepthToSpace(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var format = DataFormat.Read(node);
        return [format.FromEngine(node.Add(new DepthToSpace(ReadBlockSize(node)), format.ToEngine(node.Input(0))))];
    }

    private static int ReadBlockSize(NodeTranslation node)
    {
        var size = node.Attributes.Int32("block_size");
        return size >= 2 ? size : throw node.Invalid("attribute 'block_size'", "2 or more", $"{size}");
    }
}
