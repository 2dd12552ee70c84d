using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Gives a variable a value. Input: value. Output: what the variable holds then.</summary>
public sealed record AssignVariable(GraphVariable Variable, AssignMode Mode) : Operator, IVariableOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    public override bool HasSideEffects => true;

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs)
    {
        inputs.RequireType(0, Variable.Type.DataType);
        if (inputs[0].Shape.TryGetShape(out var shape) && !Variable.Type.Shape.Admits(shape))
        {
            throw inputs.Invalid($"value {inputs[0]} does not fit variable {Variable}.");
        }

        if (Mode != AssignMode.Assign)
        {
            inputs.RequireNumbers(0);
        }

        return [new TensorType(Variable.Type.DataType, inputs[0].Shape)];
    }

    private protected override IReadOnlyList<RuntimeValue> EvaluateOutputs(
        OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context)
    {
        var value = inputs.Value(0) is Tensor tensor ? tensor.Copy() : inputs.Value(0);
        if (Mode != AssignMode.Assign)
        {
            var function = Mode == AssignMode.Add ? BinaryFunction.Add : BinaryFunction.Subtract;
            var operands = inputs.With([context.Variables[Variable], value]);
            inputs.Unify(operands[0].Shape, operands[1].Shape);
            value = new Binary(function).Evaluate(operands, context)[0];
        }

        context.Variables[Variable] = value;
        return [value];
    }
}
