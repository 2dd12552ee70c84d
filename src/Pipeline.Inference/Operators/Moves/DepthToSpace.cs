using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Moves channels of a picture NHWC into blocks of pixels.</summary>
public sealed record DepthToSpace(int BlockSize) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        BlockRule.Check(inputs, BlockSize);
        var shape = inputs[0].Shape.OrRank(4);
        return BlockRule.Picture(
            inputs[0],
            BlockRule.Multiply(inputs, shape[1], BlockSize),
            BlockRule.Multiply(inputs, shape[2], BlockSize),
            BlockRule.Divide(inputs, shape[3], (long)BlockSize * BlockSize));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var source = inputs.Value(0);
        var result = context.AllocateMovable(source.DataType, shape);
        var (rows, columns, channels, block) = (source.Shape[1], source.Shape[2], shape[3], BlockSize);
        var pixel = source.Shape[3];
        int[] box = [shape[0], rows, block, columns, block, channels];
        int[] from = [rows * columns * pixel, columns * pixel, block * channels, pixel, channels, 1];
        StridedCopy.Run(source, 0, from, result, 0, StridedCopy.StridesOf(Shape.Of(box)), box);
        return result;
    }
}
