using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A function of each element.</summary>
public sealed record Unary(UnaryFunction Function) : SingleOutputOperator, INumericKernel, IFloatKernel
{
    public override string Name => Function.ToString();

    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        if (!inputs[0].DataType.IsFloatingPoint() && UnaryRules.ForNumber<int>(Function) is null)
        {
            throw inputs.Unsupported($"numbers of type {inputs[0].DataType}.");
        }

        return inputs[0];
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        inputs[0].DataType.IsFloatingPoint()
            ? TypeDispatch.Run((IFloatKernel)this, inputs, shape, context)
            : TypeDispatch.Run((INumericKernel)this, inputs, shape, context);

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Map(UnaryRules.ForNumber<T>(Function)!, inputs, shape, context);

    Tensor IFloatKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Map(UnaryRules.ForFloat<T>(Function), inputs, shape, context);

    private static Tensor Map<T>(Func<T, T> rule, OperatorInputs inputs, Shape shape, EvaluationContext context)
        where T : unmanaged
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        var source = inputs.Elements<T>(0);
        var target = result.Elements<T>();
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = rule(source[i]);
        }

        return result;
    }
}
