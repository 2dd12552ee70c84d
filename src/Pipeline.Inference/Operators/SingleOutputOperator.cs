using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>An operator that makes one value.</summary>
public abstract record SingleOutputOperator : Operator
{
    private protected sealed override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs) => [InferOutput(inputs)];

    internal sealed override IReadOnlyList<RuntimeValue> Evaluate(OperatorInputs inputs, EvaluationContext context) =>
        [EvaluateOutput(inputs, context)];

    private protected abstract TensorType InferOutput(OperatorInputs inputs);

    private protected abstract RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context);
}
