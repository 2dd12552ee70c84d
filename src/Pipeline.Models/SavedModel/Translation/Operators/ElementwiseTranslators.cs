using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Operators that work on each element for itself.</summary>
internal static class ElementwiseTranslators
{
    public static Dictionary<string, NodeTranslator> All { get; } = new(StringComparer.Ordinal)
    {
        ["Abs"] = Unary(UnaryFunction.Abs),
        ["Neg"] = Unary(UnaryFunction.Negate),
        ["Sign"] = Unary(UnaryFunction.Sign),
        ["Floor"] = Unary(UnaryFunction.Floor),
        ["Ceil"] = Unary(UnaryFunction.Ceiling),
        ["Round"] = Unary(UnaryFunction.Round),
        ["Rint"] = Unary(UnaryFunction.Round),
        ["Reciprocal"] = Unary(UnaryFunction.Reciprocal),
        ["Inv"] = Unary(UnaryFunction.Reciprocal),
        ["Square"] = Unary(UnaryFunction.Square),
        ["Sqrt"] = Unary(UnaryFunction.Sqrt),
        ["Rsqrt"] = Unary(UnaryFunction.Rsqrt),
        ["Exp"] = Unary(UnaryFunction.Exp),
        ["Expm1"] = Unary(UnaryFunction.Expm1),
        ["Log"] = Unary(UnaryFunction.Log),
        ["Log1p"] = Unary(UnaryFunction.Log1p),
        ["Sigmoid"] = Unary(UnaryFunction.Sigmoid),
        ["Tanh"] = Unary(UnaryFunction.Tanh),
        ["Elu"] = Unary(UnaryFunction.Elu),
        ["Selu"] = Unary(UnaryFunction.Selu),
        ["Softplus"] = Unary(UnaryFunction.Softplus),
        ["Softsign"] = Unary(UnaryFunction.Softsign),
        ["Erf"] = Unary(UnaryFunction.Erf),
        ["Erfc"] = Unary(UnaryFunction.Erfc),
        ["Sin"] = Unary(UnaryFunction.Sin),
        ["Cos"] = Unary(UnaryFunction.Cos),
        ["Tan"] = Unary(UnaryFunction.Tan),
        ["Relu"] = Clamp(ValueRange.Relu),
        ["Relu6"] = Clamp(ValueRange.Relu6),
        ["LeakyRelu"] = LeakyRelu,
        ["Add"] = Binary(BinaryFunction.Add),
        ["AddV2"] = Binary(BinaryFunction.Add),
        ["Sub"] = Binary(BinaryFunction.Subtract),
        ["Mul"] = Binary(BinaryFunction.Multiply),
        ["Div"] = Binary(BinaryFunction.Divide),
        ["RealDiv"] = Binary(BinaryFunction.Divide),
        ["TruncateDiv"] = TruncateDivide,
        ["DivNoNan"] = Binary(BinaryFunction.DivideNoNan),
        ["FloorDiv"] = Binary(BinaryFunction.FloorDivide),
        ["FloorMod"] = Binary(BinaryFunction.FloorModulo),
        ["Mod"] = Binary(BinaryFunction.TruncateModulo),
        ["TruncateMod"] = Binary(BinaryFunction.TruncateModulo),
        ["Maximum"] = Binary(BinaryFunction.Maximum),
        ["Minimum"] = Binary(BinaryFunction.Minimum),
        ["Pow"] = Binary(BinaryFunction.Power),
        ["SquaredDifference"] = Binary(BinaryFunction.SquaredDifference),
        ["AddN"] = AddN,
        ["AccumulateNV2"] = AddN,
        ["ClipByValue"] = ClipByValue,
        ["Cast"] = Cast,
    };

    private static NodeTranslator Unary(UnaryFunction function) => node =>
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new Unary(function), node.Input(0))];
    };

    private static NodeTranslator Clamp(ValueRange range) => node =>
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new Clamp(range), node.Input(0))];
    };

    private static NodeTranslator Binary(BinaryFunction function) => node =>
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new Binary(function), node.Input(0), node.Input(1))];
    };

    private static IReadOnlyList<Value> LeakyRelu(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new LeakyRelu(node.Attributes.Float("alpha", 0.2f)), node.Input(0))];
    }

    /// <summary>Towards zero: division as it is for integers; of floats the quotient loses its fraction, which nothing here does.</summary>
    private static IReadOnlyList<Value> TruncateDivide(NodeTranslation node) =>
        node.Input(0).DataType.IsInteger()
            ? Binary(BinaryFunction.Divide)(node)
            : throw node.Unsupported("T", $"{node.Input(0).DataType}");

    private static IReadOnlyList<Value> AddN(NodeTranslation node)
    {
        node.ExpectInputs(node.Attributes.Int32("N", node.InputCount));
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.Ignore("shape");
        return [node.Add(new AddN(), node.Inputs)];
    }

    private static IReadOnlyList<Value> ClipByValue(NodeTranslation node)
    {
        node.ExpectInputs(3);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var below = node.Add(new Binary(BinaryFunction.Minimum), node.Input(0), node.Input(2));
        return [node.Add(new Binary(BinaryFunction.Maximum), below, node.Input(1))];
    }

    private static IReadOnlyList<Value> Cast(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("SrcT", node.Input(0).DataType);
        if (node.Attributes.Bool("Truncate", false))
        {
            throw node.Unsupported("Truncate", "true");
        }

        return [node.Add(new Cast(node.Attributes.Type("DstT")), node.Input(0))];
    }
}
