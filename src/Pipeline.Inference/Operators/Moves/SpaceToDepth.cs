using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Moves blocks of pixels of a picture NHWC into channels.</summary>
public sealed record SpaceToDepth(int BlockSize) : SingleOutputOperator, IStridedMoves
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

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        StridedMove.Evaluate(this, inputs, [new TensorType(inputs[0].DataType, shape)], context)[0];

    IEnumerable<StridedMove> IStridedMoves.Moves(OperatorInputs inputs, IReadOnlyList<Shape> outputs)
    {
        var (source, shape) = (inputs[0].Shape.ToShape(), outputs[0]);
        var (rows, columns, channels, block) = (shape[1], shape[2], source[3], BlockSize);
        var pixel = shape[3];
        int[] box = [shape[0], rows, block, columns, block, channels];
        int[] to = [rows * columns * pixel, columns * pixel, block * channels, pixel, channels, 1];
        return [new StridedMove(0, 0, StridedCopy.StridesOf(Shape.Of(box)), 0, 0, to, box)];
    }
}
