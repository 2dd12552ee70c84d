using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The sum of all inputs in order, which have one shape.</summary>
public sealed record AddN : SingleOutputOperator, INumericKernel
{
    public override InputRange InputRange => InputRange.AtLeast(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        var shape = inputs[0].Shape;
        for (var i = 1; i < inputs.Count; i++)
        {
            inputs.RequireSameType(i);
            shape = inputs.Unify(shape, inputs[i].Shape);
        }

        return new TensorType(inputs[0].DataType, shape);
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var rule = BinaryRules.For<T>(BinaryFunction.Add);
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        var sum = result.Elements<T>();
        inputs.Elements<T>(0).CopyTo(sum);
        for (var i = 1; i < inputs.Count; i++)
        {
            rule.Apply(sum, 1, inputs.Elements<T>(i), 1, sum);
        }

        return result;
    }
}
