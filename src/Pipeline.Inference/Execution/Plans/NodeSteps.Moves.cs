using Pipeline.Inference.Execution.Plans.Moves;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <content>What only moves elements of plain values.</content>
internal sealed partial class NodeSteps<TLanes>
{
    // Each slice may be a box of its own.
    private const int MostGathered = 1024;

    private bool TryMove(Node node, IStridedMoves moving)
    {
        if (node.Outputs.Any(output => output.DataType != DataType.Float32) || node.Inputs.Any(input => !IsKnown(input)) || !node.Inputs.Any(_builder.Has))
        {
            return false;
        }

        var inputs = OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs);
        MoveBox[] boxes = [.. moving.Moves(inputs, [.. node.Outputs.Select(output => output.Shape.ToShape())]).Select(MoveBox.Of).OfType<MoveBox>()];
        if (boxes.Length == 0)
        {
            return false;
        }

        // What says how to move is no source: it has no place among the values.
        PlanValue[] sources = [.. node.Inputs.Take(boxes.Max(box => box.Input) + 1).Select(Operand)];
        _builder.Add(new MoveStep(node.Name, boxes, sources, [.. node.Outputs.Select(_builder.MakePlain)]));
        return true;
    }

    /// <summary>Slices that are known beforehand; neighbours are one box.</summary>
    private bool TryGather(Node node, Gather gather)
    {
        var inputs = OperatorInputs.OfValues(node.Name, gather, node.Inputs);
        if (!_builder.Has(node.Inputs[0]) || gather.BatchDimensions != 0 || node.Inputs[2].Constant is null || node.Outputs[0].Shape.ToShape().ElementCount == 0
            || node.Inputs[1].Constant is not NumericConstantSource { Shape: { Rank: <= 1, ElementCount: <= MostGathered } })
        {
            return false;
        }

        var (shape, indices) = (node.Inputs[0].Shape.ToShape(), inputs.KnownIntegers(1)!);
        var axis = inputs.NormalizeAxis(inputs.KnownInteger(2)!.Value, shape.Rank);
        if (indices.Any(index => index < 0 || index >= shape[axis]))
        {
            return false;
        }

        var (outer, inner) = (shape.CountOf(0, axis), shape.CountOf(axis + 1, shape.Rank));
        List<MoveBox> boxes = [];
        for (var (first, count) = (0, 1); first < indices.Length; first += count, count = 1)
        {
            while (first + count < indices.Length && indices[first + count] == indices[first] + count)
            {
                count++;
            }

            boxes.Add(MoveBox.Of(new StridedMove(
                0, checked((int)indices[first] * inner), [shape[axis] * inner, inner, 1], 0, first * inner, [indices.Length * inner, inner, 1], [outer, count, inner]))!);
        }

        _builder.Add(new MoveStep(node.Name, [.. boxes], [_builder.Plain(node.Inputs[0])], [_builder.MakePlain(node.Outputs[0])]));
        return true;
    }

    /// <summary>Whether a value is one of the plan, or a constant.</summary>
    private bool IsKnown(Value value) => _builder.Has(value) || value.Constant is NumericConstantSource;
}
