using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The value of a variable when this node runs.</summary>
public sealed record ReadVariable(GraphVariable Variable) : Operator, IVariableOperator
{
    public override InputRange InputRange => InputRange.Exactly(0);

    public override bool DependsOnState => true;

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs) => [Variable.Type];

    private protected override IReadOnlyList<RuntimeValue> EvaluateOutputs(
        OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context) => [context.Variables[Variable]];
}
