using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Joins values along an existing dimension. Inputs: the values, last the axis.</summary>
public sealed record Concat : SingleOutputOperator, IStridedMoves
{
    public override InputRange InputRange => InputRange.AtLeast(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        var values = inputs.Count - 1;
        var wanted = inputs.KnownInteger(values);
        var shape = inputs[0].Shape;
        for (var i = 0; i < values; i++)
        {
            inputs.RequireSameType(i);
            inputs.RequireMinimumRank(i, 1);
            shape = shape.HasRank ? shape : inputs[i].Shape;
        }

        if (!shape.HasRank)
        {
            return new TensorType(inputs[0].DataType, shape);
        }

        if (wanted is null)
        {
            return new TensorType(inputs[0].DataType, PartialShape.OfRank(shape.Rank));
        }

        return new TensorType(inputs[0].DataType, Join(inputs, values, inputs.NormalizeAxis(wanted.Value, shape.Rank), shape.Rank));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        StridedMove.Evaluate(this, inputs, [new TensorType(inputs[0].DataType, shape)], context)[0];

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var axis = inputs.NormalizeAxis(inputs.KnownInteger(inputs.Count - 1)!.Value, outputs[0].Rank);
        var strides = StridedCopy.StridesOf(outputs[0]);
        var at = 0;
        for (var i = 0; i < inputs.Count - 1; i++)
        {
            var source = inputs[i].Shape.ToShape();
            yield return new StridedMove(i, 0, StridedCopy.StridesOf(source), 0, at * strides[axis], strides, [.. source.Dimensions]);
            at += source[axis];
        }
    }

    private static PartialShape Join(OperatorInputs inputs, int values, int axis, int rank)
    {
        var dimensions = new int[rank];
        Array.Fill(dimensions, PartialShape.UnknownDimension);
        long joined = 0;
        for (var i = 0; i < values; i++)
        {
            inputs.RequireRank(i, rank);
            var shape = inputs[i].Shape.OrRank(rank);
            joined = joined < 0 || shape[axis] < 0 ? PartialShape.UnknownDimension : joined + shape[axis];
            for (var d = 0; d < rank; d++)
            {
                dimensions[d] = d == axis ? 0 : inputs.Unify(dimensions[d], shape[d], $"dimension {d}");
            }
        }

        dimensions[axis] = joined < 0 ? PartialShape.UnknownDimension : inputs.Dimension(joined);
        return PartialShape.Of(dimensions);
    }
}
