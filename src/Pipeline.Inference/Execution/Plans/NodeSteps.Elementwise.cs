using Pipeline.Inference.Execution.Plans.Products;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <content>Functions of each element.</content>
internal sealed partial class NodeSteps<TLanes>
{
    private bool TryUnary(Node node, UnaryFunction function) => function switch
    {
        UnaryFunction.Abs => TryUnary<LanesFunctions.Abs>(node),
        UnaryFunction.Negate => TryUnary<LanesFunctions.Negate>(node),
        UnaryFunction.Reciprocal => TryUnary<LanesFunctions.Reciprocal>(node),
        UnaryFunction.Square => TryUnary<LanesFunctions.Square>(node),
        UnaryFunction.Sqrt => TryUnary<LanesFunctions.Sqrt>(node),
        UnaryFunction.Rsqrt => TryUnary<LanesFunctions.Rsqrt>(node),
        UnaryFunction.Exp => TryUnary<LanesFunctions.Exp>(node),
        UnaryFunction.Sigmoid => TryUnary<LanesFunctions.Sigmoid>(node),
        UnaryFunction.Tanh => TryUnary<LanesFunctions.Tanh>(node),
        UnaryFunction.Swish => TryUnary<LanesFunctions.Swish>(node),
        UnaryFunction.HardSwish => TryUnary<LanesFunctions.HardSwish>(node),
        UnaryFunction.Gelu => TryUnary<LanesFunctions.Gelu>(node),
        UnaryFunction.GeluTanh => TryUnary<LanesFunctions.GeluTanh>(node),
        UnaryFunction.Elu => TryUnary<LanesFunctions.Elu>(node),
        UnaryFunction.Selu => TryUnary<LanesFunctions.Selu>(node),
        UnaryFunction.Erf => TryUnary<LanesFunctions.Erf>(node),
        UnaryFunction.Erfc => TryUnary<LanesFunctions.Erfc>(node),
        _ => false,
    };

    /// <param name="low">What the function takes as its lower bound, or its only number.</param>
    private bool TryUnary<TFunction>(Node node, float low = 0, float high = 0)
        where TFunction : struct, ILanesFunction
    {
        var input = node.Inputs[0];
        if (!_builder.Has(input))
        {
            return false;
        }

        var blocked = _builder.IsBlocked(input);
        var source = blocked ? _builder.Blocked(input) : _builder.Plain(input);
        var target = blocked ? _builder.MakeBlocked(node.Outputs[0]) : _builder.MakePlain(node.Outputs[0]);
        _builder.Add(new ElementwiseStep<TLanes, TFunction>(node.Name, source, target, low, high));
        return true;
    }

    private bool TryBinary(Node node, BinaryFunction function) => function switch
    {
        BinaryFunction.Add => TryBinary<LanesFunctions.Add, LanesFunctions.Add>(node),
        BinaryFunction.Multiply => TryBinary<LanesFunctions.Multiply, LanesFunctions.Multiply>(node),
        BinaryFunction.Subtract => TryBinary<LanesFunctions.Subtract, LanesFunctions.SubtractFrom>(node),
        BinaryFunction.Divide => TryBinary<LanesFunctions.Divide, LanesFunctions.DivideInto>(node),
        BinaryFunction.Maximum => TryBinary<LanesFunctions.Maximum, LanesFunctions.Maximum>(node),
        BinaryFunction.Minimum => TryBinary<LanesFunctions.Minimum, LanesFunctions.Minimum>(node),
        BinaryFunction.SquaredDifference => TryBinary<LanesFunctions.SquaredDifference, LanesFunctions.SquaredDifference>(node),
        _ => false,
    };

    /// <summary>The first value of a step has the shape of the result, so the second function takes the values the other way round.</summary>
    private bool TryBinary<TFunction, TReverse>(Node node)
        where TFunction : struct, ILanesFunction
        where TReverse : struct, ILanesFunction =>
        TryBinary<TFunction>(node, node.Inputs[0], node.Inputs[1]) || TryBinary<TReverse>(node, node.Inputs[1], node.Inputs[0])
        || TryBroadcast<TFunction, TReverse>(node, node.Inputs[0], node.Inputs[1]);

    /// <summary>Any two plain values; rows of the result are walked through along the first or the second.</summary>
    private bool TryBroadcast<TFunction, TReverse>(Node node, Value first, Value second)
        where TFunction : struct, ILanesFunction
        where TReverse : struct, ILanesFunction
    {
        var shape = node.Outputs[0].Shape.ToShape();
        if (!IsKnown(first) || !IsKnown(second) || (!_builder.Has(first) && !_builder.Has(second)) || shape.ElementCount == 0)
        {
            return false;
        }

        // Dimensions are counted from the last, so that what is broadcast lines up.
        static ProductOperand Labelled(Shape shape) => new([.. Enumerable.Range(-shape.Rank, shape.Rank)], shape);
        var (left, right, output) = (Labelled(first.Shape.ToShape()), Labelled(second.Shape.ToShape()), Labelled(shape));
        var axes = ProductAxis.Merge(output.Labels.Reverse().Where(label => output.Size(label) > 1)
            .Select(label => new ProductAxis(output.Size(label), left.Stride(label), right.Stride(label), output.Stride(label))));
        var (a, b) = (Operand(first), Operand(second));
        var target = _builder.MakePlain(node.Outputs[0]);
        PlanStep step = axes.Count == 0 || axes[0].Left == 1
            ? new BroadcastStep<TLanes, TFunction>(node.Name, axes, a, b, target)
            : new BroadcastStep<TLanes, TReverse>(node.Name, axes.ConvertAll(axis => axis with { Left = axis.Right, Right = axis.Left }), b, a, target);
        _builder.Add(step);
        return true;
    }

    private bool TryBinary<TFunction>(Node node, Value first, Value second)
        where TFunction : struct, ILanesFunction
    {
        var output = node.Outputs[0];
        if (!_builder.Has(first) || !first.Shape.Equals(output.Shape) || (!_builder.Has(second) && second.Constant is not NumericConstantSource)
            || ElementwiseOperands.Find(output.Shape.ToShape(), second.Shape.ToShape()) is not { } operand)
        {
            return false;
        }

        var blocked = operand switch
        {
            ElementwiseOperand.ChannelsOfPicture => true,
            ElementwiseOperand.Rows => false,
            ElementwiseOperand.Same when second.Constant is not null => false,
            ElementwiseOperand.Same => _builder.IsBlocked(first) || _builder.IsBlocked(second),
            _ => _builder.IsBlocked(first),
        };
        var left = blocked ? _builder.Blocked(first) : _builder.Plain(first);
        var right = second.Constant is not null ? _builder.Constant(second)
            : blocked && operand == ElementwiseOperand.Same ? _builder.Blocked(second)
            : _builder.Plain(second);
        var target = blocked ? _builder.MakeBlocked(output) : _builder.MakePlain(output);
        _builder.Add(new ElementwiseStep<TLanes, TFunction>(node.Name, left, right, operand, target));
        return true;
    }
}
