using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Running sum or product along an axis. Inputs: value, axis.</summary>
/// <param name="Exclusive">Element i does not take part in result i.</param>
/// <param name="Reverse">From the end.</param>
public sealed record Cumulate(CumulativeFunction Function, bool Exclusive, bool Reverse) : SingleOutputOperator, INumericKernel
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        inputs.RequireMinimumRank(0, 1);
        if (inputs[0].Shape.HasRank && inputs.KnownInteger(1) is { } axis)
        {
            inputs.NormalizeAxis(axis, inputs[0].Shape.Rank);
        }

        return inputs[0];
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        TypeDispatch.Run(this, inputs, shape, context);

    Tensor INumericKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = context.Allocate(DataTypes.Of<T>(), shape);
        var source = inputs.Elements<T>(0);
        var target = result.Elements<T>();
        var lines = new AxisLines(shape, inputs.NormalizeAxis(inputs.KnownInteger(1)!.Value, shape.Rank));
        for (var line = 0; line < lines.Count; line++)
        {
            var total = Function == CumulativeFunction.Sum ? T.Zero : T.One;
            for (var i = 0; i < lines.Length; i++)
            {
                var at = lines.Begin(line) + ((Reverse ? lines.Length - 1 - i : i) * lines.Step);
                var next = Function == CumulativeFunction.Sum ? total + source[at] : total * source[at];
                target[at] = Exclusive ? total : next;
                total = next;
            }
        }

        return result;
    }
}
