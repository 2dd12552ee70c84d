using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Operators that join, cut, pick and repeat.</summary>
internal static class MoveTranslators
{
    private const int LargestMaskedRank = 30;

    public static Dictionary<string, NodeTranslator> All { get; } = new(StringComparer.Ordinal)
    {
        ["Concat"] = Concat,
        ["ConcatV2"] = ConcatAxisLast,
        ["Pack"] = Pack,
        ["Unpack"] = Unpack,
        ["Split"] = Split,
        ["SplitV"] = SplitSizes,
        ["Slice"] = Slice,
        ["StridedSlice"] = StridedSlice,
        ["Gather"] = Gather,
        ["GatherV2"] = GatherAlongAxis,
        ["Tile"] = Tile,
        ["BroadcastTo"] = BroadcastTo,
        ["Pad"] = Pad,
        ["PadV2"] = PadWithElement,
        ["MirrorPad"] = MirrorPad,
        ["OneHot"] = OneHot,
        ["ReverseV2"] = Reverse,
    };

    private static IReadOnlyList<Value> Concat(NodeTranslation node)
    {
        ReadConcatTypes(node, 1);
        node.Attributes.ExpectType("T", node.Input(1).DataType);
        return [node.Add(new Concat(), [.. node.Inputs.Skip(1), node.Input(0)])];
    }

    private static IReadOnlyList<Value> ConcatAxisLast(NodeTranslation node)
    {
        ReadConcatTypes(node, 1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tidx", node.Inputs[^1].DataType);
        return [node.Add(new Concat(), node.Inputs)];
    }

    private static void ReadConcatTypes(NodeTranslation node, int axes) =>
        node.ExpectInputs(Math.Max(1, node.Attributes.Int32("N", node.InputCount - axes)) + axes);

    private static IReadOnlyList<Value> Pack(NodeTranslation node)
    {
        node.ExpectInputs(node.Attributes.Int32("N", node.InputCount));
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new Pack(node.Attributes.Int32("axis", 0)), node.Inputs)];
    }

    private static IReadOnlyList<Value> Unpack(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return node.AddNode(new Unpack(node.Attributes.Int32("axis", 0), ReadCount(node, "num", 0)), node.Input(0));
    }

    private static IReadOnlyList<Value> Split(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(1).DataType);
        return node.AddNode(new Split(ReadCount(node, "num_split", 1)), node.Input(1), node.Input(0));
    }

    private static IReadOnlyList<Value> SplitSizes(NodeTranslation node)
    {
        node.ExpectInputs(3);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tlen", node.Input(1).DataType);
        return node.AddNode(new SplitSizes(ReadCount(node, "num_split", 1)), node.Inputs);
    }

    /// <summary>A number of outputs: bounded, since each costs memory before anything runs.</summary>
    private static int ReadCount(NodeTranslation node, string name, int least)
    {
        const int LargestOutputCount = 65_536;
        var count = node.Attributes.Int32(name);
        return count >= least && count <= LargestOutputCount
            ? count
            : throw node.Invalid($"attribute '{name}'", $"{least} to {LargestOutputCount}", $"{count}");
    }

    private static IReadOnlyList<Value> Slice(NodeTranslation node)
    {
        node.ExpectInputs(3);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Index", node.Input(1).DataType);
        return [node.Add(new Slice(), node.Inputs)];
    }

    private static IReadOnlyList<Value> StridedSlice(NodeTranslation node)
    {
        node.ExpectInputs(4);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Index", node.Input(1).DataType);
        var slice = new StridedSlice(
            node.Attributes.Int32("begin_mask", 0),
            node.Attributes.Int32("end_mask", 0),
            node.Attributes.Int32("ellipsis_mask", 0),
            node.Attributes.Int32("new_axis_mask", 0),
            node.Attributes.Int32("shrink_axis_mask", 0));
        return [node.Add(slice, node.Inputs)];
    }

    private static IReadOnlyList<Value> Gather(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("Tparams", node.Input(0).DataType);
        node.Attributes.ExpectType("Tindices", node.Input(1).DataType);
        node.Attributes.Ignore("validate_indices");
        return [node.Add(new Gather(0), node.Input(0), node.Input(1), node.Scalar(0))];
    }

    private static IReadOnlyList<Value> GatherAlongAxis(NodeTranslation node)
    {
        node.ExpectInputs(3);
        node.Attributes.ExpectType("Tparams", node.Input(0).DataType);
        node.Attributes.ExpectType("Tindices", node.Input(1).DataType);
        node.Attributes.ExpectType("Taxis", node.Input(2).DataType);
        return [node.Add(new Gather(node.Attributes.Int32("batch_dims", 0)), node.Inputs)];
    }

    private static IReadOnlyList<Value> Tile(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tmultiples", node.Input(1).DataType);
        return [node.Add(new Tile(), node.Inputs)];
    }

    private static IReadOnlyList<Value> BroadcastTo(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tidx", node.Input(1).DataType);
        return [node.Add(new BroadcastTo(), node.Inputs)];
    }

    private static IReadOnlyList<Value> Pad(NodeTranslation node)
    {
        node.ExpectInputs(2);
        ReadPadTypes(node);
        return [node.Add(new Pad(PadMode.Constant), node.Inputs)];
    }

    private static IReadOnlyList<Value> PadWithElement(NodeTranslation node)
    {
        node.ExpectInputs(3);
        ReadPadTypes(node);
        return [node.Add(new Pad(PadMode.Constant), node.Inputs)];
    }

    private static IReadOnlyList<Value> MirrorPad(NodeTranslation node)
    {
        node.ExpectInputs(2);
        ReadPadTypes(node);
        var mode = node.Attributes.Text("mode") switch
        {
            "REFLECT" => PadMode.Reflect,
            "SYMMETRIC" => PadMode.Symmetric,
            var other => throw node.Invalid("attribute 'mode'", "REFLECT or SYMMETRIC", $"'{other}'"),
        };
        return [node.Add(new Pad(mode), node.Inputs)];
    }

    private static void ReadPadTypes(NodeTranslation node)
    {
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tpaddings", node.Input(1).DataType);
    }

    private static IReadOnlyList<Value> OneHot(NodeTranslation node)
    {
        node.ExpectInputs(4);
        node.Attributes.ExpectType("TI", node.Input(0).DataType);
        node.Attributes.ExpectType("T", node.Input(2).DataType);
        return [node.Add(new OneHot(node.Attributes.Int32("axis", -1)), node.Inputs)];
    }

    /// <summary>A slice with step -1 along the axes, which must be constant.</summary>
    private static IReadOnlyList<Value> Reverse(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tidx", node.Input(1).DataType);
        if (!node.Input(0).Shape.HasRank)
        {
            throw node.Unsupported("tensor", "its rank is not known");
        }

        var rank = node.Input(0).Shape.Rank;
        var strides = new int[rank];
        Array.Fill(strides, 1);
        foreach (var axis in node.ConstantInts(1, "axis", LargestMaskedRank))
        {
            var index = axis < 0 ? axis + rank : axis;
            if (index < 0 || index >= rank || strides[index] < 0)
            {
                throw node.Invalid("axis", $"each from {-rank} to {rank - 1}, once", $"{axis}");
            }

            strides[index] = -1;
        }

        if (rank > LargestMaskedRank)
        {
            throw node.Unsupported("tensor", $"rank {rank}");
        }

        var all = (int)((1L << rank) - 1);
        var ends = node.Vector<int>(new int[rank]);
        return [node.Add(new StridedSlice(all, all, 0, 0, 0), node.Input(0), ends, ends, node.Vector<int>(strides))];
    }
}
