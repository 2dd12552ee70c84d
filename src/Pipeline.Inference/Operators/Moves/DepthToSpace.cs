using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Moves channels of a picture NHWC into blocks of pixels.</summary>
public sealed record DepthToSpace(int BlockSize) : SingleOutputOperator, IStridedMoves
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

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        StridedMove.Evaluate(this, inputs, [new TensorType(inputs[0].DataType, shape)], context)[0];

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var (source, shape) = (inputs[0].Shape.ToShape(), outputs[0]);
        var (rows, columns, channels, block) = (source[1], source[2], shape[3], BlockSize);
        var pixel = source[3];
        int[] box = [shape[0], rows, block, columns, block, channels];
        return [StridedMove.ToAll(0, [rows * columns * pixel, columns * pixel, block * channels, pixel, channels, 1], box)];
    }
}
