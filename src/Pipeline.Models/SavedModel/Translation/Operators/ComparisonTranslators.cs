using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Operators that make or use booleans.</summary>
internal static class ComparisonTranslators
{
    public static Dictionary<string, NodeTranslator> All { get; } = new(StringComparer.Ordinal)
    {
        ["Equal"] = Compare(Comparison.Equal),
        ["NotEqual"] = Compare(Comparison.NotEqual),
        ["Less"] = Compare(Comparison.Less),
        ["LessEqual"] = Compare(Comparison.LessOrEqual),
        ["Greater"] = Compare(Comparison.Greater),
        ["GreaterEqual"] = Compare(Comparison.GreaterOrEqual),
        ["LogicalAnd"] = Logical(LogicalFunction.And),
        ["LogicalOr"] = Logical(LogicalFunction.Or),
        ["LogicalNot"] = LogicalNot,
        ["IsNan"] = IsNan,
        ["IsFinite"] = IsFinite,
        ["IsInf"] = IsInfinite,
        ["Select"] = SelectRows,
        ["SelectV2"] = Select,
    };

    /// <summary>
    /// <c>incompatible_shape_error</c> false means a single <c>false</c> (of NotEqual: <c>true</c>) where shapes do not broadcast.
    /// </summary>
    private static NodeTranslator Compare(Comparison comparison) => node =>
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var compare = new Compare(comparison) { IncompatibleShapesAreUnequal = !node.Attributes.Bool("incompatible_shape_error", true) };
        return [node.Add(compare, node.Input(0), node.Input(1))];
    };

    private static NodeTranslator Logical(LogicalFunction function) => node =>
    {
        node.ExpectInputs(2);
        return [node.Add(new Logical(function), node.Input(0), node.Input(1))];
    };

    private static IReadOnlyList<Value> LogicalNot(NodeTranslation node)
    {
        node.ExpectInputs(1);
        return [node.Add(new LogicalNot(), node.Input(0))];
    }

    /// <summary>Only NaN differs from itself.</summary>
    private static IReadOnlyList<Value> IsNan(NodeTranslation node)
    {
        ReadUnary(node);
        return [node.Add(new Compare(Comparison.NotEqual), node.Input(0), node.Input(0))];
    }

    /// <summary>x − x is 0 for every finite x, and NaN for all others.</summary>
    private static IReadOnlyList<Value> IsFinite(NodeTranslation node)
    {
        ReadUnary(node);
        return [AddIsFinite(node)];
    }

    private static IReadOnlyList<Value> IsInfinite(NodeTranslation node)
    {
        ReadUnary(node);
        var number = node.Add(new Compare(Comparison.Equal), node.Input(0), node.Input(0));
        return [node.Add(new Logical(LogicalFunction.And), number, node.Add(new LogicalNot(), AddIsFinite(node)))];
    }

    private static Value AddIsFinite(NodeTranslation node)
    {
        var difference = node.Add(new Binary(BinaryFunction.Subtract), node.Input(0), node.Input(0));
        return node.Add(new Compare(Comparison.Equal), difference, difference);
    }

    private static void ReadUnary(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
    }

    private static IReadOnlyList<Value> Select(NodeTranslation node)
    {
        node.ExpectInputs(3);
        node.Attributes.ExpectType("T", node.Input(1).DataType);
        return [node.Add(new Select(), node.Inputs)];
    }

    /// <summary>The first version does not broadcast: a vector as condition picks whole rows.</summary>
    private static IReadOnlyList<Value> SelectRows(NodeTranslation node)
    {
        node.ExpectInputs(3);
        var condition = node.Input(0);
        var shape = node.Input(1).Shape.HasRank ? node.Input(1).Shape : node.Input(2).Shape;
        if (!condition.Shape.HasRank || (condition.Shape.Rank == 1 && !shape.HasRank))
        {
            throw node.Unsupported("condition", "the rank of condition or values is not known");
        }

        if (condition.Shape.Rank == 1 && shape.Rank > 1)
        {
            var dimensions = new int[shape.Rank];
            Array.Fill(dimensions, 1);
            dimensions[0] = PartialShape.UnknownDimension;
            condition = node.Add(new Reshape(), condition, node.Vector<int>(dimensions));
        }

        node.Attributes.ExpectType("T", node.Input(1).DataType);
        return [node.Add(new Select(), condition, node.Input(1), node.Input(2))];
    }
}
