using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Range = Pipeline.Inference.Operators.Range;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Operators that ask for shapes, change them, or make values from them; and those that change nothing.</summary>
internal static class ShapeTranslators
{
    public static Dictionary<string, NodeTranslator> All { get; } = new(StringComparer.Ordinal)
    {
        ["Identity"] = Identity,
        ["IdentityN"] = IdentityN,
        ["Snapshot"] = Identity,
        ["StopGradient"] = Identity,
        ["PreventGradient"] = Identity,
        ["PlaceholderWithDefault"] = Identity,
        ["EnsureShape"] = EnsureShape,
        ["Reshape"] = Reshape,
        ["Squeeze"] = Squeeze,
        ["ExpandDims"] = ExpandDims,
        ["Transpose"] = Transpose,
        ["Shape"] = Shape,
        ["ShapeN"] = ShapeN,
        ["Size"] = Size,
        ["Rank"] = Rank,
        ["Fill"] = Fill,
        ["ZerosLike"] = FillLike(0),
        ["OnesLike"] = FillLike(1),
        ["Range"] = Range,
        ["SpaceToBatchND"] = SpaceToBatch,
        ["BatchToSpaceND"] = BatchToSpace,
        ["SpaceToBatch"] = SpaceToBatchOfPictures,
        ["BatchToSpace"] = BatchToSpaceOfPictures,
    };

    private static IReadOnlyList<Value> Identity(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("dtype", node.Input(0).DataType);
        node.Attributes.Ignore("message", "shape");
        return [node.Input(0)];
    }

    private static IReadOnlyList<Value> IdentityN(NodeTranslation node)
    {
        node.Attributes.Ignore("T");
        return node.Inputs;
    }

    /// <summary>Where the shapes known here prove or contradict the demand; a check during a run is not built.</summary>
    private static IReadOnlyList<Value> EnsureShape(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var demanded = node.Attributes.Shape("shape");
        var known = node.Input(0).Shape;
        if (!demanded.HasRank)
        {
            return [node.Input(0)];
        }

        if (!known.HasRank)
        {
            throw node.Unsupported("shape", $"{demanded} of a value of unknown rank");
        }

        var isContradicted = known.Rank != demanded.Rank;
        var isProven = !isContradicted;
        for (var axis = 0; axis < demanded.Rank && !isContradicted; axis++)
        {
            if (demanded[axis] != PartialShape.UnknownDimension)
            {
                isProven &= known[axis] == demanded[axis];
                isContradicted = known[axis] != PartialShape.UnknownDimension && known[axis] != demanded[axis];
            }
        }

        return isContradicted
            ? throw node.Invalid("shape", $"{demanded}", $"{known}")
            : isProven ? [node.Input(0)] : throw node.Unsupported("shape", $"{demanded} of a value of shape {known}");
    }

    private static IReadOnlyList<Value> Reshape(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tshape", node.Input(1).DataType);
        return [node.Add(new Reshape(), node.Inputs)];
    }

    private static IReadOnlyList<Value> Squeeze(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var axes = node.Attributes.Int32List("squeeze_dims", []);
        return [node.Add(new Squeeze(AxisList.Of(axes)), node.Input(0))];
    }

    private static IReadOnlyList<Value> ExpandDims(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tdim", node.Input(1).DataType);
        return [node.Add(new ExpandDims(), node.Inputs)];
    }

    private static IReadOnlyList<Value> Transpose(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tperm", node.Input(1).DataType);
        return [node.Add(new Transpose(), node.Inputs)];
    }

    private static IReadOnlyList<Value> Shape(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new ShapeOf(node.Attributes.Type("out_type", DataType.Int32)), node.Input(0))];
    }

    private static IReadOnlyList<Value> ShapeN(NodeTranslation node)
    {
        node.ExpectInputs(node.Attributes.Int32("N", node.InputCount));
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var type = node.Attributes.Type("out_type", DataType.Int32);
        return [.. node.Inputs.Select(input => node.Add(new ShapeOf(type), input))];
    }

    private static IReadOnlyList<Value> Size(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new SizeOf(node.Attributes.Type("out_type", DataType.Int32)), node.Input(0))];
    }

    private static IReadOnlyList<Value> Rank(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new RankOf(), node.Input(0))];
    }

    private static IReadOnlyList<Value> Fill(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("index_type", node.Input(0).DataType);
        node.Attributes.ExpectType("T", node.Input(1).DataType);
        return [node.Add(new Fill(), node.Inputs)];
    }

    private static NodeTranslator FillLike(int element) => node =>
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new FillLike(element), node.Input(0))];
    };

    private static IReadOnlyList<Value> Range(NodeTranslation node)
    {
        node.ExpectInputs(3);
        node.Attributes.ExpectType("Tidx", node.Input(0).DataType);
        return [node.Add(new Range(), node.Inputs)];
    }

    private static IReadOnlyList<Value> SpaceToBatch(NodeTranslation node)
    {
        ReadBlockTypes(node, "Tpaddings");
        return [node.Add(new SpaceToBatch(), node.Inputs)];
    }

    private static IReadOnlyList<Value> BatchToSpace(NodeTranslation node)
    {
        ReadBlockTypes(node, "Tcrops");
        return [node.Add(new BatchToSpace(), node.Inputs)];
    }

    private static void ReadBlockTypes(NodeTranslation node, string borders)
    {
        node.ExpectInputs(3);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tblock_shape", node.Input(1).DataType);
        node.Attributes.ExpectType(borders, node.Input(2).DataType);
    }

    private static IReadOnlyList<Value> SpaceToBatchOfPictures(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tpaddings", node.Input(1).DataType);
        return [node.Add(new SpaceToBatch(), node.Input(0), ReadBlock(node), node.Input(1))];
    }

    private static IReadOnlyList<Value> BatchToSpaceOfPictures(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tidx", node.Input(1).DataType);
        return [node.Add(new BatchToSpace(), node.Input(0), ReadBlock(node), node.Input(1))];
    }

    private static Value ReadBlock(NodeTranslation node)
    {
        var size = node.Attributes.Int32("block_size");
        return node.Vector<int>(size, size);
    }
}
