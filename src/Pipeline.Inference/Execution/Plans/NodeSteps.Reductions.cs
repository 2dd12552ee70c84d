using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <content>Sums, means and the largest or smallest along dimensions.</content>
internal sealed partial class NodeSteps<TLanes>
{
    private bool TryReduce(Node node, ReduceFunction function)
    {
        var value = node.Inputs[0];
        if (!_builder.Has(value) || node.Inputs[1].Constant is null || value.Shape.ToShape().ElementCount == 0)
        {
            return false;
        }

        return function switch
        {
            ReduceFunction.Sum or ReduceFunction.Mean => TryReduce<LanesReductions.Sum>(node, function == ReduceFunction.Mean),
            ReduceFunction.Maximum => TryReduce<LanesReductions.Maximum>(node, isMean: false),
            ReduceFunction.Minimum => TryReduce<LanesReductions.Minimum>(node, isMean: false),
            _ => false,
        };
    }

    private bool TryReduce<TReduction>(Node node, bool isMean)
        where TReduction : struct, ILanesReduction
    {
        var shape = node.Inputs[0].Shape.ToShape();
        var axes = OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs).KnownIntegers(1)!;
        var parts = Parts(shape, [.. axes.Select(axis => (int)(axis < 0 ? axis + shape.Rank : axis))]);
        var input = _builder.Plain(node.Inputs[0]);
        var blocks = parts.Count(part => part.IsReduced);
        if (blocks == 0)
        {
            _builder.Alias(node.Outputs[0], input);
            return true;
        }

        var count = shape.ElementCount / node.Outputs[0].Shape.ToShape().ElementCount;
        for (var index = parts.Count - 1; index >= 0; index--)
        {
            if (!parts[index].IsReduced)
            {
                continue;
            }

            var rows = parts[index].Size;
            var columns = parts.Skip(index + 1).Aggregate(1, (product, part) => product * part.Size);
            parts.RemoveAt(index);
            var left = Shape.Of(input.Shape.ElementCount / rows);
            var output = --blocks == 0 ? _builder.MakePlain(node.Outputs[0]) : new PlanValue($"{node.Name}/{blocks}", left, Layout.Plain(left));
            _builder.Add(new ReduceStep<TLanes, TReduction>(node.Name, rows, columns, blocks == 0 && isMean ? count : 1, input, output));
            input = output;
        }

        return true;
    }

    /// <summary>The dimensions above 1, neighbours of one kind as one.</summary>
    private static List<(int Size, bool IsReduced)> Parts(Shape shape, HashSet<int> axes)
    {
        List<(int Size, bool IsReduced)> parts = [];
        for (var dimension = 0; dimension < shape.Rank; dimension++)
        {
            var (size, isReduced) = (shape[dimension], axes.Contains(dimension));
            if (size == 1)
            {
                continue;
            }

            if (parts.Count > 0 && parts[^1].IsReduced == isReduced)
            {
                parts[^1] = (parts[^1].Size * size, isReduced);
            }
            else
            {
                parts.Add((size, isReduced));
            }
        }

        return parts;
    }
}
