using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Stacks values of one shape along a new dimension.</summary>
/// <param name="Axis">The place of the new dimension in the result; negative counts from the end.</param>
public sealed record Pack(int Axis) : SingleOutputOperator, IStridedMoves
{
    public override InputRange InputRange => InputRange.AtLeast(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        var shape = inputs[0].Shape;
        for (var i = 1; i < inputs.Count; i++)
        {
            inputs.RequireSameType(i);
            shape = inputs.Unify(shape, inputs[i].Shape);
        }

        if (!shape.HasRank)
        {
            return new TensorType(inputs[0].DataType, shape);
        }

        List<int> dimensions = [.. shape.Dimensions];
        dimensions.Insert(inputs.NormalizeAxis(Axis, shape.Rank + 1), inputs.Count);
        return new TensorType(inputs[0].DataType, PartialShape.Of([.. dimensions]));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        StridedMove.Evaluate(this, inputs, [new TensorType(inputs[0].DataType, shape)], context)[0];

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var axis = inputs.NormalizeAxis(Axis, outputs[0].Rank);
        List<int> strides = [.. StridedCopy.StridesOf(outputs[0])];
        var step = strides[axis];
        strides.RemoveAt(axis);
        for (var i = 0; i < inputs.Count; i++)
        {
            var source = inputs[i].Shape.ToShape();
            yield return new StridedMove(i, 0, StridedCopy.StridesOf(source), 0, i * step, [.. strides], [.. source.Dimensions]);
        }
    }
}
