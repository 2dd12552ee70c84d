using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The shape and type of the input, with one element everywhere.</summary>
/// <param name="Element">0 or 1; of booleans false or true, of strings 0 is the empty one.</param>
public sealed record FillLike(int Element) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireMovable(0);
        return inputs[0].DataType == DataType.String && Element != 0
            ? throw inputs.Invalid($"strings cannot be {Element}.")
            : inputs[0];
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        if (Element == 0)
        {
            return inputs[0].DataType == DataType.String ? context.AllocateMovable(DataType.String, shape) : context.AllocateZeros(inputs[0].DataType, shape);
        }

        var result = context.Allocate(inputs[0].DataType, shape);
        var element = Conversion.To(result.DataType, Tensor.Scalar(Element), context);
        StridedCopy.Run(element, 0, new int[shape.Rank], result, 0, StridedCopy.StridesOf(shape), shape.Dimensions);
        return result;
    }
}
