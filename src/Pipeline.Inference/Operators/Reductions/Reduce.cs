using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Combines elements along axes, in order. Inputs: value, axes (none: nothing is reduced).</summary>
/// <param name="KeepDimensions">Reduced dimensions stay, as 1.</param>
public sealed record Reduce(ReduceFunction Function, bool KeepDimensions) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
