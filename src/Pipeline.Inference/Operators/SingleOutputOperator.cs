using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>An operator that makes one value, whose shape follows from the inputs without doing the work.</summary>
public abstract record SingleOutputOperator : Operator
{
    private protected sealed override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs) => [InferOutput(inputs)];

    private protected sealed override IReadOnlyList<RuntimeValue> EvaluateOutputs(
        OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context) =>
        [EvaluateOutput(inputs, types[0].Shape.ToShape(), context)];

    private protected abstract TensorType InferOutput(OperatorInputs inputs);

    /// <param name="shape">The shape of the result.</param>
    private protected abstract RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context);
}
