using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Takes a value apart along a dimension, which vanishes.</summary>
/// <param name="Axis">Negative counts from the end.</param>
/// <param name="Count">The size of the dimension, which is the number of outputs.</param>
public sealed record Unpack(int Axis, int Count) : Operator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    internal override IReadOnlyList<RuntimeValue> Evaluate(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
