using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The value of a variable when this node runs.</summary>
public sealed record ReadVariable(GraphVariable Variable) : SingleOutputOperator, IVariableOperator
{
    public override InputRange InputRange => InputRange.Exactly(0);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
