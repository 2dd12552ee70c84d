using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The index of the largest or smallest element along an axis, the first among equals. Inputs: value, axis.</summary>
/// <param name="OutputType">Int32, Int64, Int16 or UInt16.</param>
public sealed record ArgReduce(ArgFunction Function, DataType OutputType) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
