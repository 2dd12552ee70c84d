using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Takes a value apart along a dimension, which vanishes.</summary>
/// <param name="Axis">Negative counts from the end.</param>
/// <param name="Count">The size of the dimension, which is the number of outputs.</param>
public sealed record Unpack(int Axis, int Count) : Operator, IStridedMoves
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        inputs.RequireMinimumRank(0, 1);
        var shape = inputs[0].Shape;
        if (shape.HasRank)
        {
            var axis = inputs.NormalizeAxis(Axis, shape.Rank);
            inputs.Unify(shape[axis], Count, $"dimension {axis}");
            List<int> dimensions = [.. shape.Dimensions];
            dimensions.RemoveAt(axis);
            shape = PartialShape.Of([.. dimensions]);
        }

        return [.. Enumerable.Repeat(new TensorType(inputs[0].DataType, shape), Count)];
    }

    private protected override IReadOnlyList<RuntimeValue> EvaluateOutputs(
        OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context) => StridedMove.Evaluate(this, inputs, types, context);

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var source = inputs[0].Shape.ToShape();
        var axis = inputs.NormalizeAxis(Axis, source.Rank);
        List<int> strides = [.. StridedCopy.StridesOf(source)];
        var step = strides[axis];
        strides.RemoveAt(axis);
        for (var i = 0; i < outputs.Count; i++)
        {
            yield return StridedMove.ToAll(i * step, [.. strides], [.. outputs[i].Dimensions]) with { Output = i };
        }
    }
}
