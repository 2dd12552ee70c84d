using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Moves blocks of pixels of a picture NHWC into channels.</summary>
public sealed record SpaceToDepth(int BlockSize) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        BlockRule.Check(inputs, BlockSize);
        var shape = inputs[0].Shape.OrRank(4);
        return BlockRule.Picture(
            inputs[0],
            BlockRule.Divide(inputs, shape[1], BlockSize),
            BlockRule.Divide(inputs, shape[2], BlockSize),
            BlockRule.Multiply(inputs, shape[3], (long)BlockSize * BlockSize));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var source = inputs.Value(0);
        var result = context.AllocateMovable(source.DataType, shape);
        var (rows, columns, channels, block) = (shape[1], shape[2], source.Shape[3], BlockSize);
        var pixel = shape[3];
        int[] box = [shape[0], rows, block, columns, block, channels];
        int[] to = [rows * columns * pixel, columns * pixel, block * channels, pixel, channels, 1];
        StridedCopy.Run(source, 0, StridedCopy.StridesOf(Shape.Of(box)), result, 0, to, box);
        return result;
    }
}
