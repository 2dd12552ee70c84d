using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Pads with zeros, then moves blocks of the dimensions after the first into the batch: batch (…(block offset₁ · b₂ + block offset₂)…) · N + n.
/// Inputs: value, block shape, paddings (a row of before and after for each entry of the block shape).
/// </summary>
public sealed record SpaceToBatch : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        var shape = inputs[0].Shape;
        var (blocks, paddings) = (inputs.KnownIntegers(1), BorderTable.Known(inputs, 2));
        if (!shape.HasRank || blocks is null || paddings is null)
        {
            return inputs[0] with { Shape = shape.HasRank ? PartialShape.OfRank(shape.Rank) : shape };
        }

        BatchBlocks.Check(inputs, shape.Rank, blocks, paddings.Count);
        int[] dimensions = [.. shape.Dimensions];
        for (var i = 0; i < blocks.Length; i++)
        {
            var padded = shape[i + 1] < 0 ? shape[i + 1] : inputs.Dimension(shape[i + 1] + paddings[i].Before + paddings[i].After);
            dimensions[i + 1] = BlockRule.Divide(inputs, padded, blocks[i]);
            dimensions[0] = BlockRule.Multiply(inputs, dimensions[0], blocks[i]);
        }

        return inputs[0] with { Shape = PartialShape.Of(dimensions) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var source = inputs.Value(0);
        var blocks = inputs.KnownIntegers(1)!;
        int[] dimensions = [.. source.Shape.Dimensions];
        var offset = 0;
        var paddings = BorderTable.Known(inputs, 2)!;
        for (var i = 0; i < blocks.Length; i++)
        {
            dimensions[i + 1] += (int)(paddings[i].Before + paddings[i].After);
        }

        var padded = context.AllocateMovable(source.DataType, Shape.Of(dimensions));
        Clear(padded);
        var strides = StridedCopy.StridesOf(padded.Shape);
        for (var i = 0; i < blocks.Length; i++)
        {
            offset += (int)paddings[i].Before * strides[i + 1];
        }

        StridedCopy.Run(source, 0, StridedCopy.StridesOf(source.Shape), padded, offset, strides, source.Shape.Dimensions);
        var result = context.AllocateMovable(source.DataType, shape);
        var (box, spread, packed) = BatchBlocks.Box(padded.Shape, shape, blocks);
        StridedCopy.Run(padded, 0, spread, result, 0, packed, box);
        return result;
    }

    private static void Clear(RuntimeValue value)
    {
        if (value is Tensor tensor)
        {
            tensor.Bytes.Clear();
        }
    }
}
