using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Converts each element. Floats to integers go towards zero, and those out of range to the nearest end (NaN to 0); integers to narrower
/// integers lose their high bits; anything to Bool is whether it is not 0; to a narrower float goes to the nearest, ties to even.
/// </summary>
public sealed record Cast(DataType Target) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        foreach (var type in (ReadOnlySpan<DataType>)[inputs[0].DataType, Target])
        {
            if (!type.IsNumeric() || type == DataType.Int4)
            {
                throw inputs.Unsupported($"conversion from {inputs[0].DataType} to {Target}.");
            }
        }

        return new TensorType(Target, inputs[0].Shape);
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Conversion.To(Target, inputs.Tensor(0), context);
}
