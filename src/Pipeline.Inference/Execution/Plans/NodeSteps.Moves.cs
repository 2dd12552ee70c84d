using Pipeline.Inference.Execution.Plans.Moves;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <content>What only moves elements of plain values.</content>
internal sealed partial class NodeSteps<TLanes>
{
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

    /// <summary>Whether a value is one of the plan, or a constant.</summary>
    private bool IsKnown(Value value) => _builder.Has(value) || value.Constant is NumericConstantSource;
}
