using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// The inverse of <see cref="SpaceToBatch"/>, then crops. Inputs: value, block shape, crops (a row of before and after for each entry of
/// the block shape).
/// </summary>
public sealed record BatchToSpace : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        var shape = inputs[0].Shape;
        var (blocks, crops) = (inputs.KnownIntegers(1), BorderTable.Known(inputs, 2));
        if (!shape.HasRank || blocks is null || crops is null)
        {
            return inputs[0] with { Shape = shape.HasRank ? PartialShape.OfRank(shape.Rank) : shape };
        }

        BatchBlocks.Check(inputs, shape.Rank, blocks, crops.Count);
        int[] dimensions = [.. shape.Dimensions];
        for (var i = 0; i < blocks.Length; i++)
        {
            dimensions[0] = BlockRule.Divide(inputs, dimensions[0], blocks[i]);
            var spread = BlockRule.Multiply(inputs, shape[i + 1], blocks[i]);
            dimensions[i + 1] = spread < 0 ? spread : inputs.Dimension(spread - crops[i].Before - crops[i].After);
        }

        return inputs[0] with { Shape = PartialShape.Of(dimensions) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var source = inputs.Value(0);
        var blocks = inputs.KnownIntegers(1)!;
        var crops = BorderTable.Known(inputs, 2)!;
        int[] dimensions = [.. shape.Dimensions];
        for (var i = 0; i < blocks.Length; i++)
        {
            dimensions[i + 1] = checked((int)(source.Shape[i + 1] * blocks[i]));
        }

        var spreadOut = context.AllocateMovable(source.DataType, Shape.Of(dimensions));
        var (box, spread, packed) = BatchBlocks.Box(spreadOut.Shape, source.Shape, blocks);
        StridedCopy.Run(source, 0, packed, spreadOut, 0, spread, box);
        var strides = StridedCopy.StridesOf(spreadOut.Shape);
        var offset = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            offset += (int)crops[i].Before * strides[i + 1];
        }

        var result = context.AllocateMovable(source.DataType, shape);
        StridedCopy.Run(spreadOut, offset, strides, result, 0, StridedCopy.StridesOf(shape), shape.Dimensions);
        return result;
    }
}
