using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Cuts a value into equal parts along a dimension. Inputs: value, axis.</summary>
/// <param name="Count">The number of parts, which are the outputs.</param>
public sealed record Split(int Count) : Operator, IStridedMoves
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        inputs.RequireMinimumRank(0, 1);
        if (Count < 1)
        {
            throw inputs.Invalid($"it cuts into {Count} parts, which must be 1 or more.");
        }

        var shape = inputs[0].Shape;
        if (inputs.KnownInteger(1) is not { } wanted || !shape.HasRank)
        {
            return SplitRule.UnknownTypes(inputs[0], Count);
        }

        var axis = inputs.NormalizeAxis(wanted, shape.Rank);
        if (shape[axis] > 0 && shape[axis] % Count != 0)
        {
            throw inputs.Invalid($"dimension {axis} of {shape} cannot be cut into {Count} equal parts.");
        }

        var size = shape[axis] == PartialShape.UnknownDimension ? shape[axis] : shape[axis] / Count;
        return SplitRule.Types(inputs[0], axis, [.. Enumerable.Repeat(size, Count)]);
    }

    private protected override IReadOnlyList<RuntimeValue> EvaluateOutputs(
        OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context) => StridedMove.Evaluate(this, inputs, types, context);

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs) =>
        SplitRule.Moves(inputs[0].Shape.ToShape(), inputs.NormalizeAxis(inputs.KnownInteger(1)!.Value, inputs[0].Shape.Rank), outputs);
}
