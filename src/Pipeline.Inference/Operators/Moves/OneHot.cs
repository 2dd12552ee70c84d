using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// A vector for each index, on at the index and off elsewhere; an index outside gives off only. Inputs: indices, depth, on, off (scalars).
/// </summary>
/// <param name="Axis">The place of the new dimension; -1 is last.</param>
public sealed record OneHot(int Axis) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(4);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(2);
        inputs.RequireSameType(3, 2);
        inputs.RequireRank(2, 0);
        inputs.RequireRank(3, 0);
        if (!inputs[0].DataType.IsInteger() || inputs[0].DataType == DataType.Int4)
        {
            throw inputs.Invalid($"the indices are {inputs[0]}, they must be integers.");
        }

        var indices = inputs[0].Shape;
        var depth = inputs.KnownInteger(1);
        if (!indices.HasRank)
        {
            return inputs[2] with { Shape = PartialShape.Unknown };
        }

        List<int> dimensions = [.. indices.Dimensions];
        dimensions.Insert(
            inputs.NormalizeAxis(Axis, indices.Rank + 1), depth is null ? PartialShape.UnknownDimension : inputs.Dimension(depth.Value));
        return inputs[2] with { Shape = PartialShape.Of([.. dimensions]) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.AllocateMovable(inputs[2].DataType, shape);
        var strides = StridedCopy.StridesOf(shape);
        StridedCopy.Run(inputs.Value(3), 0, new int[shape.Rank], result, 0, strides, shape.Dimensions);
        var axis = inputs.NormalizeAxis(Axis, shape.Rank);
        var inner = shape.CountOf(axis + 1, shape.Rank);
        var indices = Conversion.To(DataType.Int64, inputs.Tensor(0), context).Elements<long>();
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] >= 0 && indices[i] < shape[axis])
            {
                var to = (((i / inner * shape[axis]) + (int)indices[i]) * inner) + (i % inner);
                StridedCopy.Run(inputs.Value(2), 0, [], result, to, [], []);
            }
        }

        return result;
    }
}
