using Pipeline.Inference.Execution.Plans.Products;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Kernels.Products;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <content>Products of matrices.</content>
internal sealed unsafe partial class NodeSteps<TLanes>
{
    private const int Bias = 2;
    private const int Scale = 3;
    private const int Residual = 4;

    private static readonly ProductTiles Tiles = ProductTiles.Select(KernelTiers.Live);

    /// <param name="function">What is made of the clamped results, or null.</param>
    private bool TryDense(Node node, Dense dense, UnaryFunction? function = null)
    {
        if (!_builder.Has(node.Inputs[0]) || node.Inputs[1].Constant is not NumericConstantSource weights || IsEmpty(node, weights)
            || node.Inputs.Skip(Bias).Take(2).Any(part => part.Constant is not NumericConstantSource) || (node.Inputs.Count > Residual && !_builder.Has(node.Inputs[Residual]))
            || Finish(dense.Activation, function) is not { } finish)
        {
            return false;
        }

        var source = _builder.Plain(node.Inputs[0]);
        var residual = node.Inputs.Count > Residual ? _builder.Plain(node.Inputs[Residual]) : null;
        var (summed, columns) = dense.Split(weights.Shape);
        var (depth, width) = (Shape.Of(summed).ElementCount, Shape.Of(columns).ElementCount);
        var shape = ProductShape.OfRows(source.Shape.ElementCount / depth, depth, width);
        var packed = dense.TransposeWeights ? _builder.Packer.TransposedPanels(weights) : _builder.Packer.Panels(weights, width);
        var panels = new PlanValue(node.Inputs[1].Name, weights.Shape, Layout.Plain(weights.Shape)) { Constant = packed };
        var epilogue = new ProductEpilogue(Row(node, Bias, width)!, node.Inputs.Count > Scale ? Row(node, Scale, width) : null, residual, finish);
        _builder.Add(new ProductStep(node.Name, shape, Tiles, source, panels, epilogue, _builder.MakePlain(node.Outputs[0])));
        return true;
    }

    private bool TryMatMul(Node node, MatMul product)
    {
        // Dimensions of a batch are counted from the last, so that what is broadcast lines up.
        const int Row = 1;
        const int Depth = 2;
        const int Column = 3;
        int[] Batch(Value value) => [.. Enumerable.Range(2 - value.Shape.Rank, value.Shape.Rank - 2)];
        var (left, right, output) = (node.Inputs[0], node.Inputs[1], node.Outputs[0]);
        return TryProduct(
            node,
            [.. Batch(left), .. product.TransposeA ? new[] { Depth, Row } : [Row, Depth]],
            [.. Batch(right), .. product.TransposeB ? new[] { Column, Depth } : [Depth, Column]],
            [.. Batch(output), Row, Column]);
    }

    private bool TryEinsum(Node node, Einsum einsum)
    {
        if (node.Inputs.Count < 2)
        {
            return false;
        }

        var inputs = OperatorInputs.OfValues(node.Name, einsum, node.Inputs);
        var terms = EinsumTerms.Resolve(EinsumEquation.Parse(inputs, einsum.Equation), inputs)!;
        return TryProduct(node, terms.Inputs[0], terms.Inputs[1], terms.Output);
    }

    private bool TryProduct(Node node, int[] first, int[] second, int[] output)
    {
        if (!node.Inputs.All(input => _builder.Has(input) || input.Constant is NumericConstantSource) || !node.Inputs.Any(_builder.Has)
            || node.Outputs[0].DataType != DataType.Float32)
        {
            return false;
        }

        var form = ProductAnalysis.TryFind(Operand(first, node.Inputs[0]), Operand(second, node.Inputs[1]), Operand(output, node.Outputs[0]));
        if (form is not { Shape: var shape, IsSwapped: var isSwapped })
        {
            return false;
        }

        var (left, right) = isSwapped ? (Operand(node.Inputs[1]), Operand(node.Inputs[0])) : (Operand(node.Inputs[0]), Operand(node.Inputs[1]));
        var packed = Shape.Of(shape.RightMatrices, shape.Panels, shape.Depth, 16);
        var panels = new PlanValue($"{node.Name}/panels", packed, Layout.Plain(packed));
        var epilogue = new ProductEpilogue(_builder.Packer.Vector(null, shape.Columns), null, null, default);
        _builder.Add(new PackStep(shape, right, panels));
        _builder.Add(new ProductStep(node.Name, shape, Tiles, left, panels, epilogue, _builder.MakePlain(node.Outputs[0])));
        return true;
    }

    private PlanValue Operand(Value value) => value.Constant is null ? _builder.Plain(value) : _builder.Constant(value);

    private static ProductOperand Operand(int[] labels, Value value) => new(labels, value.Shape.ToShape());

    /// <summary>One number for each column, filled up to whole panels; zeros where there is no such input.</summary>
    private PackedWeights Row(Node node, int input, int columns) =>
        _builder.Packer.Vector(node.Inputs.Count > input ? node.Inputs[input].Constant : null, columns);

    /// <returns>Null for a function that has no lanes, or for one behind a clamp.</returns>
    private static ProductFinish? Finish(ValueRange range, UnaryFunction? function) => function switch
    {
        null => Finish<LanesFunctions.Clamp>(range),
        _ when range != ValueRange.Unbounded => null,
        UnaryFunction.Gelu => Finish<LanesFunctions.Gelu>(range),
        UnaryFunction.GeluTanh => Finish<LanesFunctions.GeluTanh>(range),
        UnaryFunction.Swish => Finish<LanesFunctions.Swish>(range),
        UnaryFunction.HardSwish => Finish<LanesFunctions.HardSwish>(range),
        UnaryFunction.Sigmoid => Finish<LanesFunctions.Sigmoid>(range),
        UnaryFunction.Tanh => Finish<LanesFunctions.Tanh>(range),
        UnaryFunction.Elu => Finish<LanesFunctions.Elu>(range),
        UnaryFunction.Selu => Finish<LanesFunctions.Selu>(range),
        _ => null,
    };

    private static ProductFinish Finish<TFunction>(ValueRange range)
        where TFunction : struct, ILanesFunction =>
        new() { Low = range.Low, High = range.High, Row = &ProductFinishing.Run<TLanes, TFunction> };
}
